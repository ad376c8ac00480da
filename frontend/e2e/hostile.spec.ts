// An organization whose texts and names attack whoever shows them, in a real browser: on every screen they are
// text, and nothing else happens.
import { readFileSync } from 'node:fs';
import { Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { Poison, titles } from './poison';
import { binary, expect, Program, test as base } from './program';
import { type Loaded, SampleOrganization } from './sample';
import { answerOf } from './verbs';
import { csvRows, fileOf } from './visual';
import { Witness } from './witness';

const test = base.extend<object, { hostile: SampleOrganization; attacked: Loaded }>({
  hostile: [async ({}, use) => {
    const sample = await SampleOrganization.start(binary, '--fault', 'hostile-text');
    await use(sample);
    await sample.stop();
  }, { scope: 'worker' }],
  attacked: [async ({ hostile }, use) => {
    const poison = await Poison.before(hostile.url);
    const first = new Program();
    const connected = await answerOf<Omit<Loaded, 'dataDir'>>(['connect', '--url', poison.url, '--project', '*', '--name', titles[1], '--token-stdin', '--json'], {
      env: first.environment(), input: hostile.token,
    });
    await use({ dataDir: first.dataDir, ...connected });
    await first.remove();
    await poison.close();
  }, { scope: 'worker' }],
});

test('connecting to it: the card, the choice of projects, the loading screen and its log', async ({ page, program, hostile }) => {
  test.setTimeout(120_000);
  const witness = await Witness.of(page);
  await page.goto(await program.start());
  const dialog = await new Gallery(page).connect('Azure DevOps Server');
  await dialog.fillParameters(hostile.url, '*');
  await dialog.useToken(hostile.token);
  await dialog.button('Continue as Mira Okafor').click();
  await expect(dialog.preview.getByRole('listitem').filter({ hasText: '<script>' }), 'the name of the project is text').toHaveCount(1);
  await witness.expectHarmless('the choice of projects');
  await dialog.button('Load 6 projects').click();
  await expect(page.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 60_000 });
  await witness.expectHarmless('the loading screen');
  await page.waitForURL(/#\/dashboard\//);
  await expect(page.getByRole('main').getByRole('figure').nth(5)).toBeVisible();
  await witness.expectHarmless('the dashboard');
  const steering = [...readFileSync(`${program.dataDir}/sightline.log`, 'utf8')].filter((c) => (c < ' ' && c !== '\n') || '\u007f\u009b\u202e'.includes(c));
  expect(steering, 'no character that steers a terminal reaches the log').toEqual([]);
});

test('every screen and every page of the report shows it as text', async ({ page, program, attacked }) => {
  test.setTimeout(240_000);
  const witness = await Witness.of(page);
  program.startFrom(attacked);
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  const frame = new Frame(page);
  await expect(page.getByRole('main').getByRole('figure').nth(5)).toBeVisible();
  await witness.expectHarmless('the dashboard');
  for (const screen of ['home', 'settings', 'registration', 'get-data', `loading/${attacked.datasetId}`]) {
    await frame.go(screen);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await witness.expectHarmless(screen);
  }

  await frame.go(`dataset/${attacked.datasetId}`);
  const dataset = new DatasetScreen(page);
  await expect(dataset.connection).toBeVisible();
  await expect(page.getByRole('heading', { name: titles[1] }).first(), 'the dataset is named as it is called').toBeVisible();
  await dataset.runs();
  await dataset.history.getByRole('button', { name: /^Details of/ }).first().click();
  await dataset.check();
  await witness.expectHarmless('the dataset with its history and proof');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await witness.expectHarmless('the account menu');
  await page.keyboard.press('Escape');

  await frame.go(`report/${attacked.reportId}`);
  const tabs = page.getByRole('tablist', { name: /.*/ }).getByRole('tab');
  await expect(tabs.first()).toBeVisible();
  let text = '';
  let hovered = 0;
  for (let at = 0; at < await tabs.count(); at++) {
    const name = await tabs.nth(at).innerText();
    await tabs.nth(at).click();
    await expect(page.getByRole('figure').first()).toBeVisible();
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    for (const slicer of await page.getByRole('group', { name: 'Slicers' }).getByRole('button').all()) {
      await slicer.click();
      text += await page.locator('body').innerText();
      await page.keyboard.press('Escape');
    }
    for (const visual of await page.getByRole('figure').all()) {
      const mark = visual.getByRole('option').first();
      if (await mark.isVisible()) await mark.hover({ force: true, timeout: 2_000 }).then(() => { hovered++; }, () => undefined); // it may lie outside of what is drawn
      const table = visual.getByRole('button', { name: 'Show as a table', exact: true });
      await visual.hover();
      if (await table.isVisible()) await table.click();
    }
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    text += await page.getByRole('main').innerText();
    await witness.expectHarmless(`the page ${name} of the report`);
  }
  // Without these the walk saw no hostile text, and proved nothing.
  expect(hovered).toBeGreaterThan(3);
  expect(titles.filter((title) => title.includes('<') && text.includes(title)).length).toBeGreaterThan(1);
  expect(titles.filter((title) => text.includes(title)).length).toBeGreaterThan(5);
});

test('what is saved as CSV begins no cell as a formula', async ({ page, program, attacked }) => {
  const witness = await Witness.of(page);
  program.startFrom(attacked);
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await new Frame(page).go(`report/${attacked.reportId}`);
  await expect(page.getByRole('figure').first()).toBeVisible();
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  let guarded = 0;
  for (const visual of await page.getByRole('figure').all()) {
    await visual.hover();
    const save = visual.getByRole('button', { name: 'Export as CSV', exact: true });
    if (!(await save.isVisible())) continue;
    const saved = page.waitForEvent('download');
    await save.click();
    const { text } = await fileOf(await saved);
    for (const cell of csvRows(text.replace(/^\uFEFF/, '')).flat()) {
      if (Number.isFinite(Number(cell))) continue;
      expect(cell, 'a cell that a spreadsheet would run').not.toMatch(/^[=+\-@\t\r\n]/);
      if (/^'[=@+-]/.test(cell)) guarded++;
    }
  }
  expect(guarded, 'formulas were among them').toBeGreaterThan(0);
  await witness.expectHarmless('saving');
});
