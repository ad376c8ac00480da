// The two scenarios of the article "Connect Power BI to Visual Studio Online", step by step, in real Chromium. Its
// words stand above what a person does today. The control shows the fault the article warns of: a browser that
// knows somebody signs them in without a word. If the control ever stops failing that way, the rest proves nothing.
import { ConnectDialog, Gallery } from './connect';
import { DailyBrowser, OldProgram } from './daily';
import { Frame } from './frame';
import { IsolatedWindow, realChromium } from './isolated';
import { binary, expect, test as base } from './program';
import { SignInPages } from './provider';
import { password, people, SampleOrganization, type SignInEvent } from './sample';

interface Fixtures {
  /** An organization at which nobody has signed in yet or allowed anything. */
  fresh: SampleOrganization;
  /** A browser that runs all the time. */
  daily: DailyBrowser;
  /** A program that signs in by that browser and looks at nothing. */
  old: OldProgram;
}

const test = base.extend<Fixtures>({
  fresh: async ({}, use) => {
    const sample = await SampleOrganization.start(binary);
    await use(sample);
    await sample.stop();
  },
  daily: async ({}, use) => {
    const daily = await DailyBrowser.start();
    await use(daily);
    await daily.close();
  },
  old: async ({ fresh }, use) => {
    const old = await OldProgram.start(fresh);
    await use(old);
    await old.stop();
  },
});

// Two real browsers start beside each other, on a machine that may be busy.
test.setTimeout(180_000);

const authorizePage = 'Authorize Sightline';
const heading = (pages: SignInPages) => pages.page.getByRole('heading', { level: 1 });
// What Sightline asks a directory about its registration concerns nobody: it is refused before a person is asked.
const kinds = (events: readonly SignInEvent[]) => events.filter((e) => e.kind !== 'refused').map((e) => e.kind);

/** What the sign-in pages note from now on. */
async function noted(sample: SampleOrganization): Promise<() => Promise<SignInEvent[]>> {
  const before = (await sample.events()).length;
  return async () => (await sample.events()).slice(before);
}

async function typeClientId(dialog: ConnectDialog, id: string): Promise<void> {
  const field = dialog.root.getByRole('textbox', { name: 'Client ID' });
  if (!(await field.isVisible())) await dialog.button('Advanced').click();
  await field.fill(id);
}

/** The wrong person signs in at the daily browser for something else, and allows Sightline nothing. */
async function usesDaily(daily: DailyBrowser, old: OldProgram, address: string): Promise<void> {
  const pages = new SignInPages(await daily.open(old.begin().address));
  await pages.signIn(address);
  await expect(heading(pages)).toHaveText(authorizePage);
  await pages.page.close();
}

test('scenario 1: the same account signs in to both, and is used for the connection without another word', async ({ page, program, fresh }) => {
  const log = await noted(fresh);
  // "1. Open a web browser and go to http://powerbi.com."
  await page.goto(await program.start(realChromium));
  // "2. Click Sign In in the upper right corner to log in to Power BI."
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  const account = new ConnectDialog(page);
  await account.organization.fill(fresh.url);
  await typeClientId(account, fresh.announcement.clientId);
  await account.button('Sign in').click();
  const window = await IsolatedWindow.of(program);
  await window.pages.signIn(people.member.address);
  // "8. Successful authorization displays the following authorization dialog … click Accept." It comes with the
  // first sign-in of an account, not with each connection.
  await expect(heading(window.pages)).toHaveText(authorizePage);
  await window.pages.accept();
  await expect(account.root.getByRole('region', { name: /^Signed in as Mira Okafor/ })).toContainText(people.member.address);
  await account.button('Continue as Mira Okafor').click();
  await expect(account.root).toHaveCount(0);
  await window.gone(program);
  await expect(page.getByRole('button', { name: 'Account of Mira Okafor' })).toBeVisible();
  expect(kinds(await log())).toEqual(['asked', 'signed_in', 'consent', 'accepted', 'code', 'token']);

  // "3. In the lower left corner, click Get Data."
  const corner = page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Get Data' });
  const box = await corner.boundingBox();
  expect((box?.x ?? 999) < 320 && (box?.y ?? 0) > 400, 'Get Data stands in the lower left corner').toBe(true);
  await corner.click();
  // "4. Click Get under Services on the Get Data page."
  await page.getByRole('button', { name: 'Get Services' }).click();
  // "5. Select the Visual Studio Online connector and click Connect."
  const gallery = new Gallery(page);
  await gallery.card('Azure DevOps Services').click();
  await page.getByRole('region', { name: 'Azure DevOps Services' }).getByRole('button', { name: 'Connect' }).click();
  // "6. Enter the names of the account and team whose data you want to connect to and click Next." "For the Account,
  // do not include visualstudio.com (if the account is "corpx.visualstudio.com" just enter "corpx")."
  const dialog = new ConnectDialog(page);
  await dialog.organization.fill('corpx.visualstudio.com');
  await expect(dialog.root.getByText('dev.azure.com/corpx', { exact: true })).toBeVisible();
  // "However, you cannot enter something like "T*st"."
  await dialog.typePatterns('T*st');
  await expect(dialog.alert).toContainText('T*st cannot be used: a star may only stand at the end.');
  await dialog.button('Remove T*st').click();
  // The organization of this test is not in the cloud, so that its address is pasted. "Wildcards are supported for
  // the Project name."
  await dialog.fillParameters(fresh.url, 'Tool*');
  // "7. The next step specifies the authentication method. Only oAuth2 is supported. Click Sign In to continue."
  await expect(dialog.root.getByRole('radio', { name: people.member.name })).toBeChecked();
  await dialog.button('Continue').click();
  await expect(dialog.card(people.member.name, 'sample')).toContainText(people.member.address);
  await expect(dialog.root).toContainText('nobody typed anything now');
  expect(program.profiles(), 'no window was opened').toEqual([]);
  await dialog.button('Continue as Mira Okafor').click();
  await expect(dialog.preview.getByRole('status')).toHaveText('1 of 6 match');
  await dialog.button('Load 1 project').click();
  // "9. … data will begin to load and you'll be presented with a loading screen until the data is complete."
  await page.waitForURL(/#\/(loading|dashboard)\//);
  // "At this point you can close your browser and come back to Power BI later."
  const address = new URL(page.url()).origin;
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForURL(/#\/dashboard\//, { timeout: 60_000 });
  await expect(new Frame(page).item('Datasets', 'sample')).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Account of Mira Okafor' }).click();
  await expect(page.getByRole('link', { name: `as ${people.member.address}` })).toBeVisible();
  // Since the account was added nobody was asked, and no session of a browser was used.
  const after = kinds(await log());
  expect(after.filter((kind) => kind === 'asked')).toHaveLength(1);
  expect(after).not.toContain('silent');
  expect(after).not.toContain('picker');
});

test('scenario 2, control: the daily browser signs the wrong person in without a word, and the organization denies access', async ({ fresh, daily, old }) => {
  await usesDaily(daily, old, people.noMember.address);
  const log = await noted(fresh);

  // "There is a situation that can occur where Power BI will still try to use your cached credentials even though
  // they are different than the credentials you used … the Visual Studio Online Authorize dialog will still be
  // displayed however, you'll be logged on as the wrong user."
  const first = old.begin();
  const pages = new SignInPages(await daily.open(first.address));
  await expect(heading(pages)).toHaveText(authorizePage);
  await expect(pages.page.getByText(people.noMember.address)).toBeVisible();
  await expect(pages.page.locator('#password')).toHaveCount(0);
  await pages.accept();
  const denied = await old.load(await first.token);
  expect(denied.status).toBe(401);
  expect(denied.body).toContain('TF400813');
  expect(denied.body).toContain(people.noMember.address);
  expect(kinds(await log())).toEqual(['silent', 'consent', 'accepted', 'code', 'token']);

  // "This can lead to Access Denied errors." And from now on without any page at all.
  const again = old.begin();
  const nothing = await daily.open(again.address);
  await expect(nothing.getByRole('heading', { name: 'Back in the program' })).toBeVisible();
  expect((await old.load(await again.token)).body).toContain(people.noMember.address);
  expect(kinds(await log()).slice(5)).toEqual(['silent', 'code', 'token']);
});

test('scenario 2, the remedy: Sign out on the authorize page, close, sign in again, and be asked', async ({ fresh, daily, old }) => {
  await usesDaily(daily, old, people.noMember.address);
  const log = await noted(fresh);

  const wrong = old.begin();
  const pages = new SignInPages(await daily.open(wrong.address));
  await expect(heading(pages)).toHaveText(authorizePage);
  await expect(pages.page.getByText(people.noMember.address)).toBeVisible();
  // "Click Sign out in the Authorize application page"
  await pages.page.getByRole('link', { name: 'Sign out' }).click();
  await expect(heading(pages)).toHaveText('You are signed out');
  await expect(pages.page.getByText('Close this page, go back to Sightline, and choose Sign in again.')).toBeVisible();
  // "Close the page and click Sign In again on the Power BI Configure Visual Studio Online dialog"
  await pages.page.close();
  const right = old.begin();
  const asked = new SignInPages(await daily.open(right.address));
  // "You will then be prompted to enter your VS Online credentials and everything will work as normal."
  await expect(heading(asked)).toHaveText('Sign in');
  await expect(asked.page.locator('#email')).toHaveValue('');
  await asked.signIn(people.member.address);
  await asked.accept();
  const loaded = await old.load(await right.token);
  expect(loaded.status).toBe(200);
  expect(loaded.seenAs).toBe(people.member.address);
  expect(kinds(await log())).toEqual(['silent', 'consent', 'signed_out', 'asked', 'signed_in', 'consent', 'accepted', 'code', 'token']);
});

test('scenario 2, the other advice: a private window that shares nothing asks too', async ({ fresh, daily, old, browser }) => {
  await usesDaily(daily, old, people.noMember.address);
  const log = await noted(fresh);
  // "… then you should use In Private in IE or Incognito in Chrome to bypass the cache."
  const begun = old.begin();
  const pages = await SignInPages.open(browser, begun.address);
  await expect(heading(pages)).toHaveText('Sign in');
  await pages.signIn(people.member.address);
  await pages.accept();
  expect((await old.load(await begun.token)).seenAs).toBe(people.member.address);
  expect(kinds(await log())[0]).toBe('asked');
  await pages.close();
});

test('scenario 2 in Sightline: beside the same daily browser the right person is asked, and the daily browser is not touched', async ({ page, program, fresh, daily, old }) => {
  await usesDaily(daily, old, people.noMember.address);
  const session = await daily.session();
  expect(session).toHaveLength(1);
  await page.goto(await program.start(realChromium));
  const log = await noted(fresh);

  const dialog = await new Gallery(page).connect('Azure DevOps Server');
  await dialog.fillParameters(fresh.url, 'Tooling');
  await dialog.useOAuth({ clientId: fresh.announcement.clientId, expect: people.member.address });
  const window = await IsolatedWindow.of(program);
  await expect(dialog.fact('Window')).toContainText('Isolated');
  // Asked, although a browser of this computer is signed in, and for the person that is expected.
  await expect(heading(window.pages)).toHaveText('Sign in');
  await expect(window.pages.page.locator('#email')).toHaveValue(people.member.address);
  const begun = (await log()).filter((e) => e.kind !== 'refused');
  expect(begun).toHaveLength(1);
  expect(begun[0]).toMatchObject({ kind: 'asked', session: 'none' });
  await window.pages.page.locator('#password').fill(password);
  await window.pages.page.locator('button[name=do][value=signin]').click();
  await window.pages.accept();
  await expect(dialog.card(people.member.name, 'sample')).toContainText('As expected');
  await window.gone(program);
  await dialog.button('Continue as Mira Okafor').click();
  await dialog.button('Load 1 project').click();
  await expect(page.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 40_000 });
  expect(kinds(await log())).not.toContain('silent');

  // The daily browser is what it was: the same cookie, and the same person without a word.
  expect(await daily.session()).toEqual(session);
  const later = await noted(fresh);
  const still = new SignInPages(await daily.open(old.begin().address));
  await expect(still.page.getByText(people.noMember.address)).toBeVisible();
  expect(kinds(await later())).toEqual(['silent', 'consent']);
});
