// Every screen in both themes: nothing serious for axe, no word beyond the edge of a narrow window.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { expect, test } from './program';
import { signInAt } from './provider';
import { people } from './sample';
import { ReportOnScreen } from './report';
import { VisualOnScreen } from './visual';
import { Wire } from './wire';

async function expectNoOverflow(page: Page, screen: string): Promise<void> {
  const beyond = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth && document.body.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 5).map((e) => `${e.tagName} ${e.className}`);
  });
  expect.soft(beyond, `${screen} fits 800 × 900`).toEqual([]);
}

for (const theme of ['Light', 'Dark'] as const) {
  test(`screens before anything is loaded, ${theme.toLowerCase()}`, async ({ app, browser, sample }) => {
    const frame = new Frame(app);
    await frame.chooseTheme(theme);
    await expectAccessible(app, 'home');
    await app.getByRole('link', { name: 'Get Data' }).click();
    await expect(app.getByRole('heading', { level: 1, name: 'Get Data' })).toBeVisible();
    await expectAccessible(app, 'get data');
    const dialog = await new Gallery(app).connect('Azure DevOps Server');
    // From inside: before the dialog has the focus, Escape would close the drawer under it too.
    await dialog.organization.press('Escape');
    await expect(dialog.root).toHaveCount(0);
    await expectAccessible(app, 'services');
    await app.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.organization.fill(sample.url);
    await dialog.typePatterns('T*st');
    await expect(dialog.alert).toBeVisible();
    await expectAccessible(app, 'parameters with a refusal');
    await dialog.button('Use T*').click();
    for (const box of await dialog.root.getByRole('checkbox').all()) await box.uncheck();
    await expect(dialog.alert).toHaveText('Tick at least one.');
    await expectAccessible(app, 'parameters with nothing to load');
    for (const box of await dialog.root.getByRole('checkbox').all()) await box.check();
    await dialog.next.click();
    await expectAccessible(app, 'method');
    await dialog.useOAuth({ clientId: sample.announcement.clientId, expect: people.member.address });
    const link = await dialog.link();
    await expectAccessible(app, 'waiting for the browser');
    await signInAt(browser, link, people.anotherMember.address);
    await expect(dialog.title).toHaveText('This is not the expected person');
    await expectAccessible(app, 'wrong person');
    await dialog.button('Sign in as someone else').click();
    await signInAt(browser, await dialog.link(), people.member.address);
    await expect(dialog.title).toHaveText('Is this the right person?');
    await expectAccessible(app, 'identity card');
    await dialog.button('Continue as Mira Okafor').click();
    await expect(dialog.preview).toBeVisible();
    await expectAccessible(app, 'projects');
    await app.keyboard.press('Escape');
  });

  test(`screens of a loaded organization, ${theme.toLowerCase()}`, async ({ page, program, loaded }) => {
    program.startFrom(loaded);
    await page.goto(await program.start());
    await page.waitForURL(/#\/dashboard\//);
    await expect(new VisualOnScreen(page, 'Active bugs').figure()).toHaveText(/^\d/);
    const frame = new Frame(page);
    await frame.chooseTheme(theme);
    await expectAccessible(page, 'dashboard');
    await frame.go('home');
    await expect(page.getByRole('heading', { name: 'Your datasets' })).toBeVisible();
    await expectAccessible(page, 'home with datasets');
    await frame.go(`dataset/${loaded.datasetId}`);
    await expect(page.getByText('Connected as')).toBeVisible();
    await expectAccessible(page, 'dataset');
    const dataset = new DatasetScreen(page);
    await dataset.check();
    await dataset.history.getByRole('button', { name: /^Details of/ }).first().click();
    await dataset.choose('Fixed times');
    await expect(dataset.schedule.getByRole('textbox', { name: 'Time 1' })).toBeVisible();
    await expectAccessible(page, 'dataset with its proof, details and fixed times');
    await dataset.connection.getByRole('button', { name: 'Edit parameters' }).click();
    await expect(page.getByRole('dialog').getByRole('checkbox')).toHaveCount(6);
    await expectAccessible(page, 'edit parameters');
    await page.keyboard.press('Escape');
    await dataset.openMenu('Reload everything');
    await expectAccessible(page, 'reload everything');
    await page.keyboard.press('Escape');
    await frame.go('settings');
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await expect(page.getByRole('switch').or(page.getByText('sightline refresh --due'))).toBeVisible();
    await expectAccessible(page, 'settings');
    await page.getByRole('button', { name: 'Notifications' }).click();
    await expect(page.getByText('Nothing yet.')).toBeVisible();
    await expectAccessible(page, 'notifications');
  });

  test(`the report, ${theme.toLowerCase()}`, async ({ page, program, loaded }) => {
    program.startFrom(loaded);
    await page.goto(await program.start());
    await page.waitForURL(/#\/dashboard\//);
    const frame = new Frame(page);
    await frame.chooseTheme(theme);
    await frame.go(`report/${loaded.reportId}`);
    const report = new ReportOnScreen(page);
    await report.settled();
    await expectAccessible(page, 'report');
    await report.visual('Priority').mark(/^2\b/).click();
    await expect(report.restatement).toContainText('Priority is 2');
    await expectAccessible(page, 'report with a selection');
    await report.slicer('Area').click();
    await expectAccessible(page, 'open slicer');
    await page.keyboard.press('Escape');
  });
}

test('a load in both themes', async ({ app, sample }) => {
  const wire = await Wire.before(sample.url);
  wire.make((path) => (path.includes('/reporting/') ? { delay: 2000 } : null));
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(wire.url, '*');
  await dialog.useToken(sample.token);
  await dialog.button('Continue as Mira Okafor').click();
  await dialog.button('Load 6 projects').click();
  await expect(app.getByRole('heading', { name: 'Loading sample' })).toBeVisible();
  const frame = new Frame(app);
  for (const theme of ['Light', 'Dark'] as const) {
    await frame.chooseTheme(theme);
    await expectAccessible(app, `loading, ${theme.toLowerCase()}`);
  }
  await app.setViewportSize({ width: 800, height: 900 });
  await expectNoOverflow(app, 'loading');
  await app.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(app.getByRole('heading', { name: 'sample was stopped' })).toBeVisible();
  await wire.close();
});

test('a narrow window of 800 × 900 shows every screen without scrolling sideways', async ({ page, program, loaded }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  program.startFrom(loaded);
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await expect(new VisualOnScreen(page, 'Active bugs').figure()).toHaveText(/^\d/);
  const frame = new Frame(page);
  await expectNoOverflow(page, 'dashboard');
  for (const [screen, route, seen] of [
    ['home', 'home', 'Your datasets'], ['get data', 'get-data', 'Choose where it comes from.'], ['services', 'get-data/services/azure-devops', 'What it reads'],
    ['dialog', 'get-data/services/azure-devops/connect', 'Connect to Azure DevOps Services'],
    ['dataset', `dataset/${loaded.datasetId}`, 'Connected as'], ['settings', 'settings', 'Appearance'], ['report', `report/${loaded.reportId}`, 'Open Bug Status'],
  ] as const) {
    await frame.go(route);
    await expect(page.getByText(seen).first()).toBeVisible();
    await expectNoOverflow(page, screen);
  }
  // The navigation lies over the page and goes away again.
  await page.getByRole('button', { name: 'Expand navigation' }).click();
  await expect(frame.item('Dashboards', 'Lumen')).toBeVisible();
  await expectNoOverflow(page, 'open navigation');
});
