// From an empty folder to a dashboard with the embedded sample, as a person meets it first.
import { ConnectDialog } from './connect';
import { Frame } from './frame';
import { expect, test } from './program';
import { openBugs, tally } from './truth';
import { csvRows, fileOf, VisualOnScreen } from './visual';

test('a person tries the sample: identity card, load, dashboard, asterisks that go, a tile that opens its page', async ({ app }) => {
  const frame = new Frame(app);
  await frame.expectEmpty();
  await app.getByRole('button', { name: 'Try the sample' }).click();
  const dialog = new ConnectDialog(app);
  await expect(dialog.title).toHaveText('Connect to Sample organization');
  await dialog.next.click();

  await expect(dialog.title).toHaveText('Is this the right person?');
  await expect(dialog.card('Mira Okafor', 'sample')).toContainText('mira.okafor@lumen.example');
  await expect(dialog.fact('Can see')).toHaveText(/^6 projects, 6 of them match/);
  await frame.expectEmpty(); // nothing is stored before the person says so
  await dialog.button('Continue as Mira Okafor').click();

  await expect(dialog.title).toHaveText('Choose the projects');
  await expect(dialog.preview.getByRole('listitem')).toHaveCount(6);
  await dialog.button('Load 6 projects').click();

  await expect(app.getByRole('heading', { name: 'Loading sample' })).toBeVisible();
  await expect(app.getByRole('table', { name: 'Steps of the load' }).getByRole('row')).toHaveCount(11);
  await expect(app.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 30_000 });

  // Whoever watched the load lands on the dashboard; the two others wait with their asterisk.
  await expect(app).toHaveURL(/#\/dashboard\//);
  await expect(frame.items('Dashboards')).toHaveCount(1);
  await expect(frame.asterisk('Dashboards', 'sample')).toHaveCount(0);
  await expect(frame.asterisk('Reports', 'sample')).toBeVisible();
  await expect(frame.asterisk('Datasets', 'sample')).toBeVisible();

  const tiles = app.getByRole('main').getByRole('figure');
  await expect(tiles.nth(5)).toBeVisible();
  expect(await tiles.count()).toBeGreaterThanOrEqual(6);
  for (const tile of await tiles.all()) {
    await expect(tile.getByRole('alert'), `${await tile.getAttribute('aria-label')} has no refusal`).toHaveCount(0);
    await expect(tile, `${await tile.getAttribute('aria-label')} shows a number`).toContainText(/\d/);
  }
  await expect(new VisualOnScreen(app, 'Active bugs').figure()).toHaveText(/^\d+$/);

  await app.getByRole('link', { name: 'Bugs by priority, opens its report page' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Open Bug Status' })).toBeVisible();
  // In a report the navigation is folded to a rail, which opens beside it.
  await app.getByRole('button', { name: 'Expand navigation' }).click();
  await expect(frame.asterisk('Reports', 'sample')).toHaveCount(0);
  await frame.item('Datasets', 'sample').click();
  await expect(app.getByText('Connected as')).toBeVisible();
  await expect(frame.asterisk('Datasets', 'sample')).toHaveCount(0);
  await expect(app.getByRole('row', { name: /First load Completed/ })).toBeVisible();
});

test('a tile shows its numbers as a table and saves them', async ({ page, program, loaded, sample }) => {
  program.startFrom(loaded);
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  const tile = new VisualOnScreen(page, 'Bugs by priority');
  await expect(tile.root).toBeVisible();
  await tile.root.hover();
  await tile.root.getByRole('button', { name: 'More options for Bugs by priority' }).click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  const rows = await tile.rows();
  await tile.root.hover();
  await tile.root.getByRole('button', { name: 'More options for Bugs by priority' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
  const { name, text } = await fileOf(await saved);
  expect(name).toBe('Bugs by priority.csv');
  expect(csvRows(text)).toEqual([['Priority', 'Open bugs'], ...rows]);
  const byPriority = tally(await openBugs(sample), (b) => String(b.priority));
  expect(Object.fromEntries(rows.map(([priority = '', n]) => [priority, Number(n)]))).toEqual(Object.fromEntries(byPriority));
});
