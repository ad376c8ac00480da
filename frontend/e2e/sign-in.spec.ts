// Signing in with OAuth, to the end: by a link that a person opens somewhere, and in a real browser that
// the program starts and removes again.
import { chromium } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConnectDialog, Gallery } from './connect';
import { Frame } from './frame';
import { expect, test } from './program';
import { SignInPages, signInAt } from './provider';
import { people } from './sample';

test('without a browser a link is given; who signs in is shown and confirmed before anything is stored', async ({ app, browser, program }) => {
  const dialog = await new Gallery(app).connect('Sample, with sign-in');
  await dialog.next.click();
  await expect(dialog.root).toContainText('Sightline will be able to read');
  await expect(dialog.root).toContainText('Sightline only reads and never sees your password.');
  await dialog.button('Sign in').click();
  const link = await dialog.link();
  expect(link).toMatch(/^http:\/\/localhost:\d+\/go\/[\w-]{40,}$/); // a local link that says nothing
  await expect(dialog.fact('Window')).toHaveText('None openedIsolation not claimed');

  const person = await SignInPages.open(browser, link);
  await person.signIn(people.guest.address);
  await expect(person.page.locator('body')).toContainText('Sightline'); // the consent page names who asks
  await person.accept();
  await expect(person.page.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await person.close();

  await expect(dialog.title).toHaveText('Is this the right person?');
  const card = dialog.card(people.guest.name, 'sample');
  await expect(card).toContainText(people.guest.address);
  await expect(card).toContainText('guest account');
  await new Frame(app).expectEmpty();
  expect(program.stored()).toEqual([]);
  await dialog.button('Continue as Priya Nair').click();

  // The preview says what would be loaded, before it is.
  await dialog.projects.press('Backspace');
  await dialog.typePatterns('Lumen*');
  await expect(dialog.preview.getByRole('status')).toHaveText('4 of 6 match');
  await expect(dialog.preview.getByRole('listitem').filter({ has: app.getByLabel('matches') })).toHaveText(['Lumen Data', 'Lumen Labs', 'Lumen Mobile', 'Lumen Web']);
  await dialog.projects.press('Backspace');
  await dialog.typePatterns('Tooling');
  await expect(dialog.preview.getByRole('status')).toHaveText('1 of 6 match');
  await dialog.button('Load 1 project').click();
  await expect(app.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 30_000 });
  await app.waitForURL(/#\/dashboard\//);
  expect(program.stored()).toHaveLength(2 + openFiles(program.stored()));
  await app.getByRole('button', { name: 'Account of Priya Nair' }).click();
  await expect(app.getByText(people.guest.address, { exact: true })).toBeVisible();
  await expect(app.getByText(`as ${people.guest.address}`)).toBeVisible();
});

test('the program opens an isolated window of a real browser, and nothing of it is left', async ({ page, program }) => {
  await page.goto(await program.start({
    SIGHTLINE_BROWSER: '/usr/bin/chromium',
    SIGHTLINE_BROWSER_ARGS: '--headless=new --remote-debugging-port=0 --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync',
  }));
  const dialog = await new Gallery(page).connect('Sample, with sign-in');
  await dialog.next.click();
  await dialog.button('Sign in').click();
  await expect(dialog.root.getByText('Waiting for your browser')).toBeVisible();
  await expect(dialog.fact('Window')).toContainText('Chromium, private, own throw-away profile');
  await expect(dialog.fact('Window')).toContainText('Isolated');
  expect(program.profiles()).toHaveLength(1);

  const window = await chromium.connectOverCDP(await debuggingAddress(program.profiles()[0] ?? ''));
  const pages = () => window.contexts().flatMap((context) => context.pages()).filter((p) => p.url().includes('/identity/'));
  await expect.poll(() => pages().length, 'the sign-in page is open in that window').toBe(1);
  const person = new SignInPages(pages()[0] ?? (await window.newPage()));
  await person.signIn(people.member.address);
  await person.accept();
  await expect(dialog.card(people.member.name, 'sample')).toBeVisible();
  await expect.poll(() => program.profiles(), { message: 'the window is closed and its profile removed', timeout: 15_000 }).toEqual([]);
  await window.close().catch(() => undefined);

  await dialog.button('Continue as Mira Okafor').click();
  await expect(dialog.button('Load 6 projects')).toBeEnabled();
  await page.keyboard.press('Escape');
  await new Frame(page).expectEmpty();
});

test('somebody else may sign in instead, in a fresh window that knows nobody', async ({ app, browser, program }) => {
  const dialog = await new Gallery(app).connect('Sample, with sign-in');
  await dialog.next.click();
  await dialog.button('Sign in').click();
  const first = await dialog.link();
  await signInAt(browser, first, people.member.address);
  await expect(dialog.card(people.member.name, 'sample')).toBeVisible();
  await dialog.button('Sign in as someone else').click();
  const second = await dialog.link();
  expect(second).not.toBe(first);
  await signInAt(browser, second, people.anotherMember.address);
  await expect(dialog.card(people.anotherMember.name, 'sample')).toBeVisible();
  expect(program.stored()).toEqual([]);
});

// SQLite keeps two files beside a dataset that is open, and the lock one more.
function openFiles(stored: readonly string[]): number {
  return stored.filter((name) => /-(wal|shm)$|\.lock$/.test(name)).length;
}

/** A Chromium writes the port of its debugger into its profile. */
async function debuggingAddress(attempt: string): Promise<string> {
  const file = [path.join(attempt, 'profile', 'DevToolsActivePort'), path.join(attempt, 'DevToolsActivePort')];
  await expect.poll(() => file.some((f) => existsSync(f)), 'the browser names its debugging port').toBe(true);
  const port = readFileSync(file.find((f) => existsSync(f)) ?? '', 'utf8').split('\n')[0];
  return `http://127.0.0.1:${port}`;
}

test('cancelling while the browser waits ends the link and leaves nothing', async ({ app, program }) => {
  const dialog = await new Gallery(app).connect('Sample, with sign-in');
  await dialog.next.click();
  await dialog.button('Sign in').click();
  const link = await dialog.link();
  await dialog.button('Cancel').click();
  await expect(new ConnectDialog(app).root).toHaveCount(0);
  await expect.poll(() => fetch(link).then((r) => r.status, () => 'nobody listens')).toBe('nobody listens');
  await new Frame(app).expectEmpty();
  expect(program.stored()).toEqual([]);
});
