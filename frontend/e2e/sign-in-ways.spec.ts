// The other ways to sign in, each to the end: a kept sign-in, a code on another device, the person's own browser, an
// access token. What is claimed about each stands on the screen, and the identity card comes before anything is kept.
import type { Browser, Page } from '@playwright/test';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expectAccessible } from './accessible';
import { filesHolding } from './canary';
import { type ConnectDialog, Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { binary, expect, test } from './program';
import { SignInPages, signInAt } from './provider';
import { people, SampleOrganization } from './sample';

const { member, anotherMember, guest } = people;

/** The second step of a connection to an organization of the sample, with its registration filled in. */
async function byOAuth(app: Page, sample: SampleOrganization, organization = sample.url, patterns = 'Tooling'): Promise<ConnectDialog> {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(organization, patterns);
  if (await dialog.account('Use another account').isVisible()) await dialog.account('Use another account').check();
  await dialog.method.selectOption('oauth');
  await dialog.root.getByRole('textbox', { name: 'Client ID' }).fill(sample.announcement.clientId);
  return dialog;
}

/** Loads what a dialog has on its card. */
async function load(app: Page, dialog: ConnectDialog, person: { name: string }): Promise<void> {
  await dialog.button(`Continue as ${person.name}`).click();
  await dialog.button(/^Load \d+ projects?$/).click();
  await app.waitForURL(/#\/dashboard\//, { timeout: 40_000 });
}

async function loadAs(app: Page, browser: Browser, sample: SampleOrganization, person: { name: string; address: string }): Promise<void> {
  const dialog = await byOAuth(app, sample);
  await dialog.button('Sign in').click();
  await signInAt(browser, await dialog.link(), person.address);
  await load(app, dialog, person);
}

test('the account that is signed in is used without a browser, behind the card; another one signs in beside it', async ({ app, browser, program }) => {
  test.setTimeout(120_000);
  const sample = await SampleOrganization.start(binary);
  try {
    await loadAs(app, browser, sample, member);
    const [before, asked] = [program.stored(), await sample.events()];

    const dialog = await new Gallery(app).connect('Azure DevOps Server');
    await dialog.fillParameters(sample.url, 'Lumen Labs');
    await dialog.account(member.name).check();
    await expect(dialog.root).toContainText('Signed in on this computer: used without a browser. You confirm on the next card.');
    await expect(dialog.method).toHaveCount(0);
    await dialog.button('Continue').click();
    await expect(dialog.card(member.name, 'sample')).toContainText('As expected');
    await expect(dialog.fact('Sign-in')).toContainText('nobody typed anything');
    expect(program.stored().filter((name) => name.endsWith('.sealed'))).toEqual(before.filter((name) => name.endsWith('.sealed')));
    expect(program.profiles()).toEqual([]);
    expect((await sample.events()).filter((e) => e.kind !== 'refresh' && e.kind !== 'token'), 'nobody was asked, and no browser session answered').toEqual(
      asked.filter((e) => e.kind !== 'refresh' && e.kind !== 'token'),
    );
    await load(app, dialog, member);

    // Its directory does not know the other organization: said before anybody is sent anywhere, and solved on the spot.
    const quayside = sample.organization('quayside');
    const other = await new Gallery(app).connect('Azure DevOps Server');
    await other.fillParameters(quayside.url, '*');
    await other.account(member.name).check();
    await other.button('Continue').click();
    await expect(other.alert).toContainText('quayside belongs to another directory than the one that knows Mira Okafor');
    await other.button('Close').last().click();

    const separate = await byOAuth(app, sample, quayside.url, '*');
    await separate.button('Sign in').click();
    await signInAt(browser, await separate.link(), guest.address);
    await expect(separate.card(guest.name, 'quayside')).toBeVisible();
    await load(app, separate, guest);
    expect(program.stored().filter((name) => name.endsWith('.sealed')), 'two people, two sign-ins').toHaveLength(2);
  } finally {
    await sample.stop();
  }
});

test('a code is typed on another device; isolation is not claimed', async ({ app, browser, program, sample }) => {
  const dialog = await byOAuth(app, sample);
  await dialog.chooseWay('A code to type');
  await dialog.button('Sign in').click();
  await expect(dialog.root.getByText('Waiting for your code')).toBeVisible();
  await expect(dialog.fact('Code')).toContainText('Isolation not claimed');
  await expect(dialog.fact('Asks for the password')).toHaveText(new URL(sample.url).host);

  const elsewhere = await browser.newContext();
  const device = await elsewhere.newPage();
  await device.goto(await dialog.fact('Page').locator('b').innerText());
  await device.locator('#user_code').fill(await dialog.fact('Code').locator('output').innerText());
  await device.getByRole('button', { name: 'Next' }).click();
  const person = new SignInPages(device);
  await person.signIn(member.address);
  const accept = device.locator('button[value=accept]');
  const card = dialog.card(member.name, 'sample');
  await accept.or(device.getByRole('heading', { name: /signed in/i })).first().waitFor();
  if (await accept.isVisible()) await accept.click();
  await expect(card).toBeVisible({ timeout: 30_000 });
  expect(program.stored()).toEqual([]);
  await elsewhere.close();
});

test('the person’s own browser is opened when it is chosen, and nothing is claimed about it', async ({ page, browser, program, sample }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sightline-e2e-opener-'));
  const opened = path.join(folder, 'opened');
  writeFileSync(path.join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`);
  chmodSync(path.join(folder, 'xdg-open'), 0o755);
  try {
    await page.goto(await program.start({ PATH: `${folder}:${process.env.PATH}` }));
    const dialog = await byOAuth(page, sample);
    await dialog.root.getByRole('textbox', { name: 'Expected person, if you know it' }).fill(member.address);
    await dialog.button('Sign in').click();
    await dialog.link();

    await dialog.button('Sign in another way').click();
    await dialog.way('My normal browser').click();
    await expect.poll(() => existsSync(opened), 'the opener of the system was called').toBe(true);
    await expect(dialog.fact('Window')).toContainText('your own profile');
    await expect(dialog.fact('Window')).toContainText('Isolation not claimed');
    await expect(dialog.root).toContainText('The next card shows who it was, before anything is stored.');
    const link = readFileSync(opened, 'utf8').trim();
    expect(link, 'nothing secret is handed to the opener').toMatch(/^http:\/\/localhost:\d+\/go\/[\w-]{40,}$/);

    // A browser that knows somebody else asks all the same, because a person is expected.
    const daily = await browser.newContext();
    const tab = await daily.newPage();
    await tab.goto(link);
    const person = new SignInPages(tab);
    await person.signIn(anotherMember.address);
    await tab.locator('button[value=accept]').or(tab.getByRole('heading', { name: 'You are signed in' })).waitFor();
    if (await tab.locator('button[value=accept]').isVisible()) await person.accept();
    await expect(dialog.title).toHaveText('This is not the expected person');
    await expect(dialog.button('Sign in as someone else')).toBeFocused();
    expect(program.stored()).toEqual([]);
    await daily.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the end of an access token is asked for, and stands on the card', async ({ app, program, sample }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url, 'Tooling');
  await dialog.token.fill(sample.token);
  await expect(dialog.button('Check the token')).toBeDisabled();
  await dialog.root.getByLabel('Ends on').fill('2020-01-31');
  await expect(dialog.alert).toContainText('This day has passed');
  await expect(dialog.button('Check the token')).toBeDisabled();
  const end = new Date(Date.now() + 9 * 86_400_000);
  await dialog.useToken(sample.token, end.toISOString().slice(0, 10));
  await expect(dialog.card(member.name, 'sample')).toBeVisible();
  await expect(dialog.fact('Token ends')).toContainText(`${end.getUTCDate()} ${end.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' })}`);
  expect(program.stored()).toEqual([]);
  await load(app, dialog, member);
  await new Frame(app).item('Datasets', 'Tooling').click();
  await expect(new DatasetScreen(app).connection, 'it ends within 14 days').toContainText(/ends/i);

  // Whoever does not know the day is told what that costs.
  const again = await new Gallery(app).connect('Azure DevOps Server');
  await again.fillParameters(sample.url, 'Tooling');
  await expect(again.account(member.name)).toBeVisible();
  await again.root.getByRole('checkbox', { name: 'I do not know' }).check({ force: true });
  await expect(again.root).toContainText('Then Sightline cannot warn you.');
  await again.token.fill(sample.token);
  await again.button('Check the token').click();
  await expect(again.fact('Token ends')).toHaveText('not known, so Sightline cannot warn you before');
});

test('who pressed Cancel on the page of permissions is asked again', async ({ app, browser, program }) => {
  const sample = await SampleOrganization.start(binary);
  try {
    const dialog = await byOAuth(app, sample);
    await dialog.button('Sign in').click();
    const declined = await SignInPages.open(browser, await dialog.link());
    await declined.signIn(member.address);
    await declined.decline();
    await expect(dialog.alert).toContainText('You pressed Cancel');
    await declined.close();
    await dialog.button(/^(Ask for consent again|Try again)$/).first().click();
    const agreed = await SignInPages.open(browser, await dialog.link());
    await agreed.signIn(member.address);
    await agreed.accept();
    await expect(dialog.card(member.name, 'sample')).toBeVisible();
    await agreed.close();
    expect(program.stored()).toEqual([]);
  } finally {
    await sample.stop();
  }
});

test('a connection is handed to another account after its card and its projects were seen', async ({ app, browser, program, sample }) => {
  test.setTimeout(120_000);
  await loadAs(app, browser, sample, member);
  await new Frame(app).item('Datasets', 'Tooling').click();
  const dataset = new DatasetScreen(app);
  await expect(dataset.connection).toContainText(member.name);
  await app.getByRole('button', { name: 'Use another account' }).click();
  const { dialog } = new Gallery(app);
  await expect(dialog.root).toContainText('What was loaded stays.');
  await expect(dialog.account(member.name), 'the account it has is not another one').toHaveCount(0);
  await dialog.button('Sign in').click();
  await signInAt(browser, await dialog.link(), anotherMember.address);
  await expect(dialog.card(anotherMember.name, 'sample')).toBeVisible();
  await expect(dialog.root.getByRole('list', { name: 'Can see' }).getByText('Tooling')).toBeVisible();
  expect(program.stored().filter((name) => name.endsWith('.sealed')), 'nothing changed yet').toHaveLength(1);
  await expect(app.locator('main section[aria-label="Connected as"]'), 'behind the dialog').toContainText(member.name);
  await dialog.button(`Read as ${anotherMember.name} from now on`).click();
  await expect(dialog.root).toHaveCount(0);
  await expect(dataset.connection).toContainText(anotherMember.name);
  await expect(dataset.history.locator('tbody > tr').first()).toContainText('Completed', { timeout: 40_000 });
});

test('a passphrase chosen on the card keeps the sign-in, and rests nowhere', async ({ app, browser, program, sample }) => {
  const secret = 'seven grey herons at noon';
  const dialog = await byOAuth(app, sample);
  await dialog.button('Sign in').click();
  await signInAt(browser, await dialog.link(), member.address);
  await expect(dialog.card(member.name, 'sample')).toBeVisible();
  await dialog.button('Keep it with a passphrase').click();
  await dialog.root.getByLabel('Passphrase').fill(secret);
  await dialog.root.getByLabel('Passphrase').press('Enter');
  await expect(dialog.fact('Keeps the sign-in')).toHaveText('encrypted on this computer, opened by your passphrase');
  await load(app, dialog, member);
  expect(filesHolding(program.dataDir, secret)).toEqual([]);
});

test('every step that signs in can be used by everybody, in both themes', async ({ app, browser, sample }) => {
  test.setTimeout(150_000);
  const look = async (step: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(app, `${step}, ${colorScheme}`);
    }
  };
  const dialog = await byOAuth(app, sample);
  await dialog.chooseWay('A code to type');
  await look('how to sign in');
  await dialog.button('Sign in').click();
  await expect(dialog.root.getByText('Waiting for your code')).toBeVisible();
  await dialog.button('Sign in another way').click();
  await look('waiting for a code, and the other ways');
  await dialog.way('A link to copy').click();
  await signInAt(browser, await dialog.link(), member.address);
  await dialog.button('Show the projects').click();
  await dialog.button('Keep it with a passphrase').click();
  await look('the card');
  await dialog.button('Sign in as someone else').click();
  const declined = await SignInPages.open(browser, await dialog.link());
  await declined.signIn(people.neverInvited.address);
  await declined.page.getByRole('button', { name: /^Back to/ }).click();
  await dialog.alert.waitFor();
  await declined.close();
  await look('a refusal');
  await dialog.button('Sign in as someone else').click();
  await signInAt(browser, await dialog.link(), member.address);
  await load(app, dialog, member);
  const second = await new Gallery(app).connect('Azure DevOps Server');
  await second.fillParameters(sample.url, 'Tooling');
  await look('the accounts of this computer, and a token');
});
