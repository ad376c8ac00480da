// Get Data up to the sign-in: what can be typed, what is refused and why, with the mouse and without.
import { Gallery } from './connect';
import { expect, test } from './program';

const spellings: [typed: string, understood: string][] = [
  ['corpx', 'dev.azure.com/corpx'],
  ['corpx.visualstudio.com', 'dev.azure.com/corpx'],
  ['https://dev.azure.com/corpx', 'dev.azure.com/corpx'],
  ['https://corpx.visualstudio.com/DefaultCollection/Test1/_workitems', 'dev.azure.com/corpx'],
  ['dev.azure.com/corpx/Test1/_boards/board/t/Team/Stories', 'dev.azure.com/corpx'],
  ['https://tfs.example.com/tfs/DefaultCollection', 'tfs.example.com/tfs/DefaultCollection'],
];

test('every spelling of an organization is understood, and what is none is refused with a way out', async ({ app }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Services');
  await expect(dialog.organization).toBeFocused();
  for (const [typed, understood] of spellings) {
    await dialog.organization.fill(typed);
    await expect(dialog.root.getByRole('status').filter({ hasText: understood }), typed).toBeVisible();
  }
  await dialog.organization.fill('corp x!');
  await dialog.organization.press('Tab');
  await expect(dialog.alert).toContainText("corp x! is neither an organization's name nor an address.");
  await expect(dialog.alert).toContainText('Type the name alone, for example contoso');
  await expect(dialog.next).toBeDisabled();
  await dialog.organization.fill('https://someone:secret@dev.azure.com/corpx');
  await dialog.organization.press('Tab');
  await expect(dialog.alert).toContainText('holds a user name or password');
});

test('T*st is refused inline with the reason and a suggestion; several patterns; Next waits until all is right', async ({ app }) => {
  const dialog = await new Gallery(app).connect('Azure DevOps Services');
  await expect(dialog.next).toBeDisabled();
  await dialog.organization.fill('corpx');
  await expect(dialog.next).toBeDisabled();
  await dialog.typePatterns('T*st');
  await expect(dialog.alert).toContainText('T*st cannot be used: a star may only stand at the end.');
  await expect(dialog.alert).toContainText('Try T* for every project that begins with T.');
  await expect(dialog.next).toBeDisabled();
  await dialog.button('Use T*').click();
  expect(await dialog.patterns()).toEqual(['T*']);
  await expect(dialog.alert).toHaveCount(0);
  await expect(dialog.next).toBeEnabled();

  await dialog.typePatterns('App1, Lumen Web;Test*');
  expect(await dialog.patterns()).toEqual(['T*', 'App1', 'Lumen Web', 'Test*']);
  await dialog.projects.press('Backspace');
  await dialog.button('Remove App1').click();
  expect(await dialog.patterns()).toEqual(['T*', 'Lumen Web']);
  // One that is still being typed counts too, and a bad one holds Next back.
  await dialog.projects.fill('*x');
  await expect(dialog.next).toBeDisabled();
  await dialog.projects.fill('*');
  await expect(dialog.next).toBeEnabled();
  await dialog.next.click();
  await expect(dialog.title).toHaveText('Sign in to corpx');
  await expect(dialog.root.getByRole('combobox', { name: 'Authentication method' })).toHaveValue('oauth');
  await expect(dialog.button('Sign in')).toBeDisabled(); // no registration is shipped: it asks for a client id
  await dialog.button('Back').click();
  await expect(dialog.organization).toHaveValue('corpx');
});

test('the keyboard alone leads through the gallery and the dialog, and Esc leaves step by step', async ({ app }) => {
  const press = (key: string) => app.keyboard.press(key);
  await expect(app.getByRole('button', { name: 'Get Data' })).toBeFocused(); // the first thing to do has the focus
  await press('Enter');
  await app.getByRole('heading', { level: 1, name: 'Get Data' }).waitFor();
  const services = app.getByRole('button', { name: 'Get Services' });
  for (let i = 0; i < 20 && !(await services.evaluate((b) => b === document.activeElement)); i++) await press('Tab');
  await expect(services).toBeFocused();
  await press('Enter');

  const gallery = new Gallery(app);
  const first = gallery.card('Azure DevOps Services');
  await first.waitFor();
  for (let i = 0; i < 20 && !(await first.evaluate((b) => b === document.activeElement)); i++) await press('Tab');
  await expect(first).toBeFocused();
  await press('End');
  await expect(gallery.card('Sample, with sign-in')).toBeFocused();
  await press('Home');
  await press('ArrowRight');
  await expect(gallery.card('Azure DevOps Server')).toBeFocused();
  await press('ArrowLeft');
  await press('Enter');
  const drawer = app.getByRole('region', { name: 'Azure DevOps Services' });
  await expect(drawer.getByRole('button', { name: 'Connect' })).toBeFocused();
  await press('Enter');

  const dialog = app.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Organization' })).toBeFocused();
  await app.keyboard.type('corpx');
  await press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Projects', exact: true })).toBeFocused();
  await app.keyboard.type('Test*');
  await press('Enter');
  await expect(dialog.getByRole('button', { name: 'Next' })).toBeEnabled();
  await press('Enter'); // Enter presses the main button
  await expect(dialog.getByRole('combobox', { name: 'Authentication method' })).toBeFocused();
  for (let i = 0; i < 30; i++) { // the focus does not leave the dialog
    await press('Tab');
    expect(await dialog.evaluate((d) => d.contains(document.activeElement))).toBe(true);
  }
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(drawer).toBeVisible();
  await press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('the search of the gallery finds and forgives', async ({ app }) => {
  const gallery = new Gallery(app);
  await app.getByRole('link', { name: 'Get Data' }).click();
  await app.getByRole('button', { name: 'Get Services' }).click();
  const cards = app.getByRole('list', { name: 'Connectors' }).getByRole('button');
  await expect(cards).toHaveCount(4);
  const search = app.getByRole('searchbox', { name: 'Search connectors' });
  await search.fill('devops serv');
  await expect(cards).toHaveCount(2);
  await search.fill('jira');
  await expect(app.getByRole('status').filter({ hasText: 'No connector matches “jira”' })).toBeVisible();
  await app.getByRole('button', { name: 'Show all connectors' }).click();
  await expect(gallery.card('Sample organization')).toBeVisible();
});
