// Every way in which a connection is refused: its own sentence, as whom, to what, what to do next, and
// nothing stored afterwards.
import type { Page } from '@playwright/test';
import { type ConnectDialog, Gallery } from './connect';
import { Frame } from './frame';
import { expect, type Program, test } from './program';
import { SignInPages, signInAt } from './provider';
import { people } from './sample';
import { Wire } from './wire';

async function sampleSignIn(app: Page): Promise<{ dialog: ConnectDialog; link: string }> {
  const dialog = await new Gallery(app).connect('Sample, with sign-in');
  await dialog.next.click();
  await dialog.button('Sign in').click();
  return { dialog, link: await dialog.link() };
}

async function expectNothingStored(app: Page, program: Program): Promise<void> {
  await new Frame(app).expectEmpty();
  expect(program.stored()).toEqual([]);
}

test('another person than the expected one: the card says so, and Enter signs in as someone else', async ({ app, browser, program, sample }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url, 'Tooling');
  await dialog.useOAuth({ clientId: sample.announcement.clientId, expect: people.member.address });
  await signInAt(browser, await dialog.link(), people.anotherMember.address);

  await expect(dialog.title).toHaveText('This is not the expected person');
  await expect(dialog.card(people.anotherMember.name, 'sample')).toContainText('Not expected');
  await expect(dialog.fact('Expected')).toHaveText(people.member.address);
  await expect(dialog.fact('Got')).toHaveText(people.anotherMember.address);
  await expect(dialog.alert).toContainText(`Nothing was stored. ${people.anotherMember.address} signed in to sample, but ${people.member.address} was expected.`);
  await expect(dialog.button('Sign in as someone else')).toBeFocused();
  await expectNothingStored(app, program);
  await app.keyboard.press('Enter');

  await signInAt(browser, await dialog.link(), people.member.address);
  await expect(dialog.title).toHaveText('Is this the right person?');
  await expect(dialog.card(people.member.name, 'sample')).toContainText('As expected');
  await expectNothingStored(app, program);
});

test('no member of the organization (TF400813)', async ({ app, browser, program }) => {
  const { dialog, link } = await sampleSignIn(app);
  await signInAt(browser, link, people.noMember.address);
  await expect(dialog.alert).toContainText(`${people.noMember.address} is not a member of sample.`);
  await expect(dialog.alert).toContainText('Use another account, or ask an administrator of sample to add this one.');
  await expect(dialog.alert).toContainText('TF400813');
  await expect(dialog.fact('Signed in as')).toContainText(people.noMember.address);
  await expect(dialog.button('Sign in as someone else')).toBeFocused();
  await expectNothingStored(app, program);
  await dialog.button('Sign in as someone else').click();
  expect(await dialog.link()).not.toBe(link);
});

test('a person of another directory who was never invited', async ({ app, browser, program }) => {
  const { dialog, link } = await sampleSignIn(app);
  const person = await SignInPages.open(browser, link);
  await person.signIn(people.neverInvited.address);
  await expect(person.page.getByRole('heading', { level: 1 })).toHaveText('You can’t sign in here');
  await person.page.getByRole('button', { name: /^Back to/ }).click();
  await expect(dialog.alert).toContainText('is not a member of the directory of sample. You probably picked the other account.');
  await expect(dialog.alert).toContainText('Sign in as someone else');
  await expect(dialog.fact("Microsoft's code")).toHaveText('AADSTS50020');
  await person.close();
  await expectNothingStored(app, program);
});

test('consent declined', async ({ app, browser, program }) => {
  const { dialog, link } = await sampleSignIn(app);
  const person = await SignInPages.open(browser, link);
  await person.signIn(people.member.address);
  await person.decline();
  await expect(dialog.alert).toContainText('You pressed Cancel on the page that lists the permissions; nothing was stored.');
  await expect(dialog.alert).toContainText('Sign in again and press Accept if you want Sightline to read sample.');
  await expect(dialog.button('Ask for consent again')).toBeFocused();
  await expect(dialog.button('Sign in as someone else')).toBeVisible();
  await person.close();
  await expectNothingStored(app, program);
});

test('an organization that refuses programs (OAuth policy off) offers the access token', async ({ app, browser, program, sample }) => {
  const wire = await Wire.before(sample.url);
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(wire.url, '*');
  await dialog.useOAuth({ clientId: sample.announcement.clientId, authority: sample.announcement.authority });
  const link = await dialog.link();
  wire.make(() => ({
    answer: {
      status: 401,
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'WWW-Authenticate': 'Bearer', 'X-VSS-E2EID': '1' },
      body: JSON.stringify({ $id: '1', message: "TF400813: The user 'b5b6ab26-3a5d-4b1e-8d8c-0f2a3a1c9d11' is not authorized to access this resource.", typeKey: 'UnauthorizedRequestException' }),
    },
  }));
  await signInAt(browser, link, people.member.address);
  await expect(dialog.alert).toContainText('“Third-party application access via OAuth” looks switched off');
  await expect(dialog.alert).toContainText(people.member.address);
  await dialog.button('Use an access token').click();
  await expect(dialog.root.getByRole('combobox', { name: 'Authentication method' })).toHaveValue('token');
  await expectNothingStored(app, program);
  await wire.close();
});

test('the browser window is closed before anybody signed in', async ({ page, program }) => {
  // A browser that is there, keeps its profile, and is closed by the person after a moment.
  await page.goto(await program.start({
    SIGHTLINE_BROWSER: '/usr/bin/chromium',
    SIGHTLINE_BROWSER_ARGS: '--headless=new --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync',
  }));
  const dialog = await new Gallery(page).connect('Sample, with sign-in');
  await dialog.next.click();
  await dialog.button('Sign in').click();
  await expect(dialog.fact('Window')).toContainText('Isolated');
  process.kill(program.browserProcess(), 'SIGTERM');
  await expect(dialog.alert).toContainText('The browser window was closed before you were signed in to sample.');
  await expect(dialog.alert).toContainText('Nothing was stored.');
  await expect(dialog.alert).toContainText('sign in again when you are ready.');
  await expect(dialog.button('Use my normal browser instead')).toBeVisible();
  await expect(dialog.button('Try again')).toBeFocused();
  await expect.poll(() => program.profiles()).toEqual([]);
  await expectNothingStored(page, program);
});

test('an organization that is not there, and a computer that does not answer', async ({ app, program, sample }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url.replace(/sample$/, 'contoso'), '*');
  await dialog.useToken(sample.token);
  await expect(dialog.alert).toContainText('knows no organization called contoso');
  await expect(dialog.alert).toContainText('Check the spelling');
  await dialog.button('Edit the name').click();

  await expect(dialog.organization).toHaveValue(/contoso$/);
  await dialog.organization.fill('http://127.0.0.1:9/tfs/Nowhere');
  await dialog.next.click();
  await dialog.useToken(sample.token);
  await expect(dialog.alert).toContainText('127.0.0.1:9');
  await expect(dialog.button('Try again')).toBeFocused();
  await expectNothingStored(app, program);
});

test('a token that is not good', async ({ app, program, sample }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url, '*');
  await dialog.useToken('x'.repeat(84));
  await expect(dialog.alert).toContainText('sample');
  await expect(dialog.alert).toContainText(/may have expired or been revoked/);
  await dialog.button('Use another token').click();
  await dialog.useToken(sample.token);
  await expect(dialog.card(people.member.name, 'sample')).toBeVisible();
  await expectNothingStored(app, program);
});

test('no project matches: the nearest are named, and one click takes the nearest', async ({ app, program, sample }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url, 'Lumen Wep');
  await dialog.useToken(sample.token);
  await expect(dialog.fact('Can see')).toContainText('6 projects, 0 of them match Lumen Wep');
  await dialog.button('Continue as Mira Okafor').click();
  await expect(dialog.alert).toContainText('None of the 6 projects this account sees matches Lumen Wep.');
  await expect(dialog.alert).toContainText('Did you mean Lumen Web?');
  await expect(dialog.button('Load')).toBeDisabled();
  await expectNothingStored(app, program);
  await dialog.button('Use Lumen Web').click();
  await expect(dialog.preview.getByRole('status')).toHaveText('1 of 6 match');
  await expect(dialog.button('Load 1 project')).toBeEnabled();
  await dialog.button('Cancel').click();
  await expectNothingStored(app, program);
});
