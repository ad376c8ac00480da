// Accounts beside each other: who is signed in, switching, signing out, and signing in again where it ended.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { AccountMenu, signInAs } from './accounts';
import { filesHolding } from './canary';
import { ConnectDialog, Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { binary, expect, test } from './program';
import { SignInPages, signInAt } from './provider';
import { people, SampleOrganization } from './sample';

const { member, guest, anotherMember } = people;

/** Loads a project of the sample as a person who signs in with a browser of their own. */
async function load(app: Page, person: { name: string; address: string }, project: string): Promise<void> {
  const dialog = await new Gallery(app).connect('Sample, with sign-in');
  await dialog.projects.press('Backspace');
  await dialog.typePatterns(project);
  await dialog.next.click();
  await signInAs(dialog, person.address);
  await dialog.button(`Continue as ${person.name}`).click();
  await dialog.button('Load 1 project').click();
  await app.waitForURL(/#\/dashboard\//, { timeout: 40_000 });
}

test('two accounts stand beside each other; one is signed out and signed in again, and the other goes on', async ({ app, browser }) => {
  test.setTimeout(120_000);
  await load(app, member, 'Tooling');
  await load(app, guest, 'Lumen Labs');
  const menu = new AccountMenu(app);
  await menu.open();
  await expect(menu.accounts).toHaveCount(2);
  await expect(menu.account(guest.address)).toContainText('Guest');
  await expect(menu.connections).toHaveText([/Tooling.*as mira\.okafor@lumen\.example, signed in/, /Lumen Labs.*as priya\.nair@quayside\.example, signed in/]);

  // Who new connections sign in as changes; what is connected does not.
  const other = (await menu.account(member.address).getByText('In use').isVisible()) ? guest : member;
  await menu.button(`Switch to ${other.name}, ${other.address}`).click();
  await expect(menu.account(other.address)).toContainText('In use');
  await expect(menu.connections).toHaveText([/as mira/, /as priya/]);

  await menu.button(`Sign out ${guest.name}, ${guest.address}`).click();
  await expect(menu.leaving).toContainText('Lumen Labs');
  await menu.leaving.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(menu.leaving.getByRole('heading', { name: 'Priya Nair is signed out' })).toBeVisible();
  await menu.leaving.getByRole('button', { name: 'Close' }).last().click();

  // The dashboard of the one who left stays readable and says what it waits for.
  const banner = app.getByRole('region', { name: 'Sign-in ended' });
  await expect(banner).toContainText('Priya Nair');
  await expect(app.getByRole('main').getByRole('heading', { name: 'Active bugs' })).toBeVisible();
  await menu.open();
  await expect(menu.account(guest.address)).toContainText('signed out');
  await expect(menu.account(member.address)).not.toContainText('signed out');
  await expect(menu.connections.first()).toContainText('signed out');
  await app.keyboard.press('Escape');

  // Nobody else is taken for it.
  await banner.getByRole('button', { name: 'Sign in again as Priya Nair' }).click();
  const dialog = new ConnectDialog(app);
  await dialog.button('Sign in').click();
  const wrong = await SignInPages.open(browser, await dialog.link());
  await wrong.signIn(anotherMember.address);
  await wrong.accept();
  await expect(wrong.page.getByRole('heading', { name: 'The sign-in did not finish' })).toBeVisible();
  await wrong.close();
  await expect(dialog.fact('Expected')).toHaveText(guest.address);
  await expect(dialog.fact('Got')).toHaveText(anotherMember.address);
  await expect(dialog.button(/^Continue as/)).toHaveCount(0);
  await dialog.button('Sign in as someone else').click();
  await signInAt(browser, await dialog.link(), guest.address);
  await dialog.button('Continue as Priya Nair').click();
  await expect(dialog.root).toHaveCount(0);
  await expect(banner).toHaveCount(0);
});

test('signing out deletes what is ticked, and the account can be removed from the list then', async ({ app, program }) => {
  await load(app, member, 'Tooling');
  await load(app, guest, 'Lumen Labs');
  const menu = new AccountMenu(app);
  await menu.open();
  await menu.button(`Sign out ${guest.name}, ${guest.address}`).click();
  await menu.leaving.getByRole('checkbox', { name: 'Also delete downloaded data' }).check({ force: true });
  await menu.leaving.getByRole('button', { name: 'Sign out and delete 1 dataset' }).click();
  await expect(menu.leaving).toContainText('Lumen Labs');
  await menu.leaving.getByRole('button', { name: 'Close' }).last().click();
  await expect(new Frame(app).item('Datasets', 'Lumen Labs')).toHaveCount(0);
  await expect(new Frame(app).item('Datasets', 'Tooling')).toHaveCount(1);
  expect(program.stored().filter((name) => name.endsWith('.sealed'))).toHaveLength(1);
  await menu.open();
  await menu.button(`Remove ${guest.name}, ${guest.address}, from this list`).click();
  await expect(menu.accounts).toHaveCount(1);
});

test('a sign-in that the directory ended stops the refresh, says so, and goes on as the same person', async ({ app, browser }) => {
  test.setTimeout(120_000);
  const sample = await SampleOrganization.start(binary);
  try {
    const dialog = await new Gallery(app).connect('Azure DevOps Server');
    await dialog.fillParameters(sample.url, 'Tooling');
    await dialog.useOAuth({ clientId: sample.announcement.clientId });
    await signInAt(browser, await dialog.link(), member.address);
    await dialog.button('Continue as Mira Okafor').click();
    await dialog.button('Load 1 project').click();
    await app.waitForURL(/#\/dashboard\//, { timeout: 40_000 });
    const windows = browser.contexts().length;

    await sample.faults('sign-in-page', 'aadsts-50173');
    await new Frame(app).item('Datasets', 'Tooling').click();
    const dataset = new DatasetScreen(app);
    await dataset.refresh();
    await expect(dataset.connection).toContainText('Sign-in ended');
    await expect(dataset.schedule).toContainText('Waits until somebody has signed in');
    expect(browser.contexts()).toHaveLength(windows);
    await new Frame(app).item('Dashboards', 'Tooling').click();
    const banner = app.getByRole('region', { name: 'Sign-in ended' });
    await expect(banner).toBeVisible();
    await expect(app.getByRole('main').getByRole('heading', { name: 'Active bugs' })).toBeVisible();

    await sample.faults();
    await banner.getByRole('button', { name: 'Sign in again as Mira Okafor' }).click();
    await dialog.button('Sign in').click();
    await signInAt(browser, await dialog.link(), member.address);
    await dialog.button('Continue as Mira Okafor').click();
    await expect(dialog.root).toHaveCount(0);
    await expect(banner).toHaveCount(0);
    await new Frame(app).item('Datasets', 'Tooling').click();
    await expect(dataset.connection).toContainText('Signed in');
    await expect(dataset.history.locator('tbody > tr').first()).toContainText('Completed', { timeout: 40_000 });
  } finally {
    await sample.stop();
  }
});

test('the settings say where sign-ins rest, test a registration, and lead to the guide', async ({ app, sample }) => {
  await new Frame(app).go('settings');
  const main = app.getByRole('main');
  await expect(main.getByRole('region', { name: 'Sign-ins at rest' }).getByRole('status')).toContainText(/\w/);
  const registration = main.getByRole('region', { name: 'Registration' });
  await registration.getByRole('textbox', { name: 'Application (client) ID' }).fill(sample.announcement.clientId);
  await registration.getByRole('textbox', { name: 'Organization to test with' }).fill(sample.url);
  await registration.getByRole('button', { name: 'Test' }).click();
  await expect(registration.getByRole('listitem').first()).toBeVisible();
  await registration.getByRole('button', { name: 'Save' }).click();
  await expect(registration.getByRole('button', { name: 'Save' })).toBeDisabled();
  await registration.getByRole('link', { name: 'How to register Sightline' }).click();
  await expect(main.getByRole('heading', { level: 1, name: 'Register Sightline in your directory' })).toBeVisible();
  await expect(main.getByRole('img')).toHaveCount(6);
  await expect(main).toContainText(`adminconsent?client_id=${sample.announcement.clientId}`);
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`the account menu is used with the keyboard, fits 800 pixels, and is accessible with what belongs to it, ${theme.toLowerCase()}`, async ({ app }) => {
    const frame = new Frame(app);
    await frame.chooseTheme(theme);
    await load(app, member, 'Tooling');
    await app.setViewportSize({ width: 800, height: 700 });
    const menu = new AccountMenu(app);
    const trigger = menu.button('Account of Mira Okafor');
    await trigger.focus();
    await app.keyboard.press('Enter');
    await expect(menu.connections).toHaveCount(1);
    await expectAccessible(app, 'account menu');
    const edges = await app.getByText('Accounts on this computer').evaluate((title) => title.parentElement?.getBoundingClientRect().toJSON() as DOMRect);
    expect(edges.left).toBeGreaterThanOrEqual(0);
    expect(edges.right).toBeLessThanOrEqual(800);
    await app.keyboard.press('Escape');
    await expect(trigger).toBeFocused();

    await app.keyboard.press('Enter');
    const leave = menu.button(`Sign out ${member.name}, ${member.address}`);
    for (let i = 0; i < 8 && !(await leave.evaluate((e) => e === document.activeElement)); i++) await app.keyboard.press('Tab');
    await app.keyboard.press('Enter');
    await expect(menu.leaving.getByRole('button', { name: 'Sign out', exact: true })).toBeFocused();
    await expectAccessible(app, 'sign out');
    await app.keyboard.press('Enter');
    await expect(menu.leaving.getByRole('heading', { name: 'Mira Okafor is signed out' })).toBeVisible();
    await expectAccessible(app, 'signed out');
    await app.keyboard.press('Enter');
    await expect(menu.leaving).toHaveCount(0);
    await expect(app.getByRole('region', { name: 'Sign-in ended' })).toBeVisible();
    await expectAccessible(app, 'a dashboard whose sign-in ended');
    await frame.go('settings');
    await expect(app.getByRole('region', { name: 'Sign-ins at rest' }).getByRole('status')).toBeVisible();
    await expectAccessible(app, 'settings');
    await frame.go('help/registration');
    await expect(app.getByRole('main').getByRole('img')).toHaveCount(6);
    await expectAccessible(app, 'registration guide');
    expect(await app.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBeLessThanOrEqual(0);
  });
}

test('a passphrase chosen in the settings locks the sign-ins at the next start, and opens them', async ({ page, program }) => {
  test.setTimeout(120_000);
  const withoutKeyring = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const secret = 'seven quiet herons';
  await page.goto(await program.start(withoutKeyring));
  await load(page, member, 'Tooling');
  const frame = new Frame(page);
  await frame.go('settings');
  const rest = page.getByRole('region', { name: 'Sign-ins at rest' });
  await rest.getByRole('button', { name: 'Use a passphrase' }).click();
  await rest.getByLabel('Passphrase').fill(secret);
  await rest.getByLabel('The same once more').fill(secret);
  await page.keyboard.press('Enter');
  await expect(rest).toContainText('Under your passphrase', { timeout: 30_000 });

  await program.stop();
  await page.goto('about:blank');
  await page.goto(await program.start(withoutKeyring));
  const menu = new AccountMenu(page);
  await menu.open();
  await page.getByRole('link', { name: 'Unlock them' }).click();
  await expect(rest).toContainText('Locked');
  await rest.getByLabel('Passphrase').fill('seven quiet heron');
  await page.keyboard.press('Enter');
  await expect(rest.getByRole('alert')).toContainText('does not open', { timeout: 30_000 });
  await rest.getByLabel('Passphrase').fill(secret);
  await page.keyboard.press('Enter');
  await expect(rest).toContainText('Under your passphrase', { timeout: 30_000 });
  await frame.item('Datasets', 'Tooling').click();
  await expect(new DatasetScreen(page).connection).toContainText('Signed in');
  expect(filesHolding(program.dataDir, secret)).toEqual([]);
});

test('a dataset is moved to another account, which is seen before, and keeps what was loaded', async ({ app }) => {
  await load(app, member, 'Tooling');
  await new Frame(app).item('Datasets', 'Tooling').click();
  const dataset = new DatasetScreen(app);
  await expect(dataset.connection).toContainText(member.address);
  await dataset.connection.getByRole('button', { name: 'Use another account' }).click();
  const dialog = new ConnectDialog(app);
  await expect(dialog.root).toContainText('What was loaded stays.');
  await signInAs(dialog, anotherMember.address);
  await expect(dialog.card(anotherMember.name, 'sample')).toBeVisible();
  // Behind the card nothing has changed yet.
  await expect(app.getByRole('main', { includeHidden: true })).toContainText(member.address);
  await dialog.button('Read as Elias Brandt from now on').click();
  await expect(dialog.root).toHaveCount(0);
  await expect(dataset.connection).toContainText(anotherMember.address);
  await expect(dataset.history.locator('tbody > tr')).toHaveCount(2, { timeout: 40_000 });
  await expect(dataset.history.locator('tbody > tr').first()).toContainText('Completed', { timeout: 40_000 });
  const menu = new AccountMenu(app);
  await menu.open();
  await expect(menu.connections).toHaveText([/as elias\.brandt@lumen\.example, signed in/]);
});
