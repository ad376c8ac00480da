// The pictures of the README and the guide, taken from the real program with the sample organization.
import type { Page } from '@playwright/test';
import path from 'node:path';
import { AccountMenu, signInAs } from './accounts';
import { Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { expect, test } from './program';
import { signInAt } from './provider';
import { ReportOnScreen } from './report';
import { people } from './sample';
import { VisualOnScreen } from './visual';
import { Wire } from './wire';

const folder = path.resolve(import.meta.dirname, '../../docs/images');

for (const theme of ['light', 'dark'] as const) {
  /** Saves what is on screen, without the pointer over anything, and without the focus that the keyboard left behind. */
  const take = async (page: Page, name: string) => {
    await page.mouse.move(0, 0);
    await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && !focused.closest('[role="dialog"]')) focused.blur();
    });
    await page.waitForTimeout(500); // charts settle, the pointer's marks go
    await page.screenshot({ path: path.join(folder, `${name}.${theme}.png`) });
  };
  const choose = (page: Page) => new Frame(page).chooseTheme(theme === 'light' ? 'Light' : 'Dark');

  test(`from an empty window to the identity card, ${theme}`, async ({ app, browser, sample }) => {
    await choose(app);
    await take(app, 'home');
    await app.getByRole('link', { name: 'Get Data' }).click();
    await expect(app.getByRole('heading', { level: 1, name: 'Get Data' })).toBeVisible();
    await take(app, 'get-data');
    const dialog = await new Gallery(app).connect('Azure DevOps Services');
    await dialog.organization.fill('corpx');
    await dialog.typePatterns('Test*');
    await dialog.projects.fill('App1');
    await expect(dialog.next).toBeEnabled();
    await take(app, 'parameters');
    await app.keyboard.press('Escape');
    await expect(dialog.root).toHaveCount(0);
    await take(app, 'services');

    await new Gallery(app).card('Azure DevOps Server').click();
    await app.getByRole('region', { name: 'Azure DevOps Server' }).getByRole('button', { name: 'Connect' }).click();
    await dialog.fillParameters(sample.url, 'Lumen*');
    await dialog.useOAuth({ clientId: sample.announcement.clientId, expect: people.member.address });
    await signInAt(browser, await dialog.link(), people.anotherMember.address);
    await expect(dialog.title).toHaveText('This is not the expected person');
    await take(app, 'identity-wrong-person');
    await dialog.button('Sign in as someone else').click();
    await take(app, 'sign-in');
    await signInAt(browser, await dialog.link(), people.member.address);
    await expect(dialog.title).toHaveText('Is this the right person?');
    await take(app, 'identity');
    await dialog.button('Continue as Mira Okafor').click();
    await expect(dialog.button('Load 4 projects')).toBeEnabled();
    await take(app, 'projects');
    await app.keyboard.press('Escape');
  });

  test(`a load, ${theme}`, async ({ app, sample }) => {
    await choose(app);
    const wire = await Wire.before(sample.url);
    wire.make((where) => (where.includes('/reporting/') && !/includeLatestOnly=true/i.test(where) ? { delay: 900 } : null));
    const dialog = await new Gallery(app).connect('Azure DevOps Server');
    await dialog.fillParameters(wire.url, '*');
    await dialog.useToken(sample.token);
    await dialog.button('Continue as Mira Okafor').click();
    await dialog.button('Load 6 projects').click();
    await expect(app.getByRole('heading', { name: 'The report can be opened now' })).toBeVisible({ timeout: 60_000 });
    await app.waitForTimeout(4000);
    await take(app, 'loading');
    await wire.close();
  });

  test(`what a loaded organization shows, ${theme}`, async ({ page, program, loaded }) => {
    program.startFrom(loaded);
    await page.goto(await program.start());
    await page.waitForURL(/#\/dashboard\//);
    await choose(page);
    const frame = new Frame(page);
    const sizes = [[1280, 800, ''], [1920, 1080, '-1920']] as const;
    for (const [width, height, suffix] of sizes) {
      await page.setViewportSize({ width, height });
      await frame.go(`dashboard/${loaded.dashboardId}`);
      await expect(new VisualOnScreen(page, 'Active bugs').figure()).toHaveText(/^\d/);
      await take(page, `dashboard${suffix}`);
      await frame.go(`report/${loaded.reportId}`);
      const report = new ReportOnScreen(page);
      await report.settled();
      await take(page, `report${suffix}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const report = new ReportOnScreen(page);
    await report.visual('Priority').mark(/^2\b/).click();
    await expect(report.restatement).toContainText('Priority is 2');
    await take(page, 'report-selection');
    await report.reset.click();
    await frame.go(`dataset/${loaded.datasetId}`);
    const dataset = new DatasetScreen(page);
    await expect(dataset.connection).toBeVisible();
    await dataset.refresh();
    await page.setViewportSize({ width: 1440, height: 900 });
    await dataset.proof.getByRole('button', { name: 'Check now' }).click();
    await expect(dataset.proof.getByRole('table')).toBeVisible({ timeout: 30_000 });
    await dataset.connection.scrollIntoViewIfNeeded();
    await dataset.connection.evaluate((card) => { for (let e = card.parentElement; e; e = e.parentElement) e.scrollTop = 0; });
    await take(page, 'dataset');
    await frame.go('settings');
    await expect(page.getByRole('switch').or(page.getByText('sightline refresh --due'))).toBeVisible();
    await take(page, 'settings');
  });

  test.describe('drawings', () => {
    test.use({ deviceScaleFactor: 2 });
    test(`how a registration is made, ${theme}`, async ({ app }) => {
      await choose(app);
      await new Frame(app).go('help/registration');
      const drawings = app.getByRole('main').getByRole('img');
      await expect(drawings).toHaveCount(6);
      for (const [i, drawing] of (await drawings.all()).entries()) await drawing.screenshot({ path: path.join(folder, `registration-${i + 1}.${theme}.png`) });
    });
  });

  test(`who is signed in, ${theme}`, async ({ app }) => {
    await choose(app);
    for (const [person, project] of [[people.guest, 'Lumen Labs'], [people.member, 'Tooling']] as const) {
      const dialog = await new Gallery(app).connect('Sample, with sign-in');
      await dialog.projects.press('Backspace');
      await dialog.typePatterns(project);
      await dialog.next.click();
      await signInAs(dialog, person.address);
      await dialog.button(`Continue as ${person.name}`).click();
      await dialog.button('Load 1 project').click();
      await app.waitForURL(/#\/dashboard\//, { timeout: 40_000 });
    }
    const menu = new AccountMenu(app);
    await menu.open();
    await expect(menu.connections).toHaveCount(2);
    await take(app, 'accounts');
    await menu.button(`Sign out ${people.guest.name}, ${people.guest.address}`).click();
    await expect(menu.leaving.getByRole('heading', { name: 'Forgotten on this computer' })).toBeVisible();
    await take(app, 'sign-out');
  });
}
