// The page Open Bug Status held against the organization's own REST answers, and everything a reader does
// with it: slice, pick, clear, show as a table, save, open, reset.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectAccessible } from './accessible';
import { expect, test } from './program';
import { ReportOnScreen } from './report';
import { type Bug, openBugs, tally } from './truth';
import { csvRows, fileOf } from './visual';

const categories = ['Proposed', 'InProgress', 'Resolved'];
const unassigned = 'Unassigned';

function cardsOf(bugs: readonly Bug[]): string[] {
  const by = tally(bugs, (b) => b.category);
  return [bugs.length, ...categories.map((c) => by.get(c) ?? 0)].map(String);
}

/** A page on a copy of the loaded organization, at its report. */
const onReport = test.extend<{ report: ReportOnScreen }>({
  report: async ({ page, program, loaded }, use) => {
    program.startFrom(loaded);
    const url = new URL(await program.start());
    await page.goto(url.href);
    await page.waitForURL(/#\/dashboard\//);
    await page.evaluate((id) => { window.location.hash = `#/report/${id}`; }, loaded.reportId);
    const report = new ReportOnScreen(page);
    await report.settled();
    await use(report);
  },
});

onReport('every total and every split equals an independent count', async ({ report, sample }) => {
  const bugs = await openBugs(sample);
  expect(bugs.length).toBeGreaterThan(50);
  expect(await report.cards()).toEqual(cardsOf(bugs));

  for (const [title, by] of [['Severity', (b: Bug) => b.severity ?? '(Blank)'], ['Priority', (b: Bug) => String(b.priority ?? '(Blank)')]] as const) {
    const visual = report.visual(title);
    await visual.showAsTable();
    const shown = new Map((await visual.rows()).map(([name = '', n]) => [name, Number(n)]));
    expect(Object.fromEntries(shown), title).toEqual(Object.fromEntries(tally(bugs, by)));
  }

  const byPerson = report.visual('Assigned to');
  await byPerson.showAsTable();
  const people = tally(bugs, (b) => b.assignedTo ?? unassigned);
  const rows = await byPerson.rows();
  expect(rows.slice(0, 4).map(([name, n]) => [name, Number(n)])).toEqual([...people].slice(0, 4));
  expect(rows.map(([, n]) => Number(n)).reduce((a, b) => a + b, 0), 'with Other, all are there').toBe(bugs.length);

  const byArea = report.visual('Open bugs by area');
  await byArea.showAsTable();
  // Below the project: an area stands with everything under it until the visual is drilled.
  const level = (b: Bug) => b.area.split('\\')[1] ?? '(Blank)';
  const areas = tally(bugs, (b) => `${level(b)}|${b.category}`);
  for (const [area = '', category = '', n] of await byArea.rows()) {
    if (area === 'Other') continue;
    expect(Number(n), `${area}, ${category}`).toBe(areas.get(`${area}|${category.replace('In progress', 'InProgress')}`));
  }

  const oldest = [...bugs].sort((a, b) => a.created.localeCompare(b.created)).slice(0, 20);
  const table = await report.visual('Oldest open bugs').rows();
  expect(table.map(([id]) => Number(id))).toEqual(oldest.map((b) => b.id));
  const day = 24 * 3600 * 1000;
  for (const [i, row] of table.entries()) {
    const age = Number(row[row.length - 1]?.replaceAll(',', ''));
    expect(Math.abs(age - (Date.now() - Date.parse(oldest[i]?.created ?? '')) / day), `age of ${row[0]}`).toBeLessThan(1.5);
  }
});

onReport('the slicer Project narrows everything, a second one narrows further, Reset goes back', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  await expect(report.reset).toBeDisabled();
  await report.slice('Project', 'Lumen Web');
  await expect(report.slicer('Project')).toContainText('Lumen Web');
  const web = bugs.filter((b) => b.project === 'Lumen Web');
  await expect.poll(() => report.cards()).toEqual(cardsOf(web));
  const ids = new Set(web.map((b) => b.id));
  for (const [id] of await report.visual('Oldest open bugs').rows()) expect(ids.has(Number(id)), `${id} is of Lumen Web`).toBe(true);

  await report.slice('Project', 'Fleet Ops');
  await expect(report.slicer('Project')).toContainText('2 selected');
  const both = bugs.filter((b) => b.project === 'Lumen Web' || b.project === 'Fleet Ops');
  await expect.poll(() => report.cards()).toEqual(cardsOf(both));
  await report.slice('Priority', '2');
  const urgent = both.filter((b) => b.priority === 2);
  await expect.poll(() => report.cards()).toEqual(cardsOf(urgent));
  await page.getByRole('button', { name: 'Open Filters' }).click();
  await expect(page.getByRole('complementary', { name: 'Filters' })).toContainText('is Lumen Web or Fleet Ops');

  await page.reload(); // what was chosen is still there
  await report.settled();
  await expect.poll(() => report.cards()).toEqual(cardsOf(urgent));
  await report.reset.click();
  await expect.poll(() => report.cards()).toEqual(cardsOf(bugs));
  await expect(report.reset).toBeDisabled();
});

onReport('an area is sliced with everything below it', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  await report.slicer('Area').click();
  await page.getByRole('combobox', { name: 'Search Area' }).fill('Checkout');
  await page.getByRole('listbox', { name: 'Area', exact: true }).getByRole('option', { name: /(^|\\)Checkout$/ }).click();
  await page.keyboard.press('Escape');
  const below = bugs.filter((b) => b.area === 'Lumen Web\\Checkout' || b.area.startsWith('Lumen Web\\Checkout\\'));
  await expect.poll(() => report.cards()).toEqual(cardsOf(below));
});

onReport('a picked bar lights its share everywhere, Ctrl adds another, Esc clears', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  const share = (picked: readonly Bug[]) => {
    const whole = cardsOf(bugs);
    return cardsOf(picked).map((n, i) => `${n} of ${whole[i]}`);
  };
  const priority = report.visual('Priority');
  await priority.mark(/^1\b/).click();
  const first = bugs.filter((b) => b.priority === 1);
  await expect(report.restatement).toContainText(`Priority is 1: ${first.length} of ${bugs.length} open bugs`);
  await expect.poll(() => report.cards()).toEqual(share(first));
  await expect(priority.mark(/^1\b/)).toHaveAttribute('aria-selected', 'true');
  const oldest = report.visual('Oldest open bugs');
  await expect.poll(async () => (await oldest.rows()).map(([id]) => Number(id)).sort((a, b) => a - b)).toEqual(first.map((b) => b.id).sort((a, b) => a - b));
  // A bar keeps its whole length and says how much of it is lit.
  const ofSeverity = first.filter((b) => b.severity === '3 - Medium').length;
  const allOfSeverity = bugs.filter((b) => b.severity === '3 - Medium').length;
  await expect(report.visual('Severity').mark(/^3 - Medium/)).toHaveAttribute('aria-label', new RegExp(`\\b${ofSeverity} of ${allOfSeverity}\\b`));

  await priority.mark(/^2\b/).click({ modifiers: ['Control'] });
  const two = bugs.filter((b) => b.priority === 1 || b.priority === 2);
  await expect(report.restatement).toContainText(`Priority is 1 or 2: ${two.length} of ${bugs.length} open bugs`);
  await expect.poll(() => report.cards()).toEqual(share(two));

  await page.keyboard.press('Escape');
  await expect.poll(() => report.cards()).toEqual(cardsOf(bugs));
  await expect(report.restatement).not.toContainText('Priority is');

  // The same with the keyboard: the marks are one stop of Tab, the arrows walk them, Enter picks.
  await priority.marks().first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => report.cards()).toEqual(share(bugs.filter((b) => b.priority === 2)));
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect.poll(() => report.cards()).toEqual(cardsOf(bugs));
});

onReport('a saved file holds what the table shows', async ({ report }) => {
  for (const title of ['Open bugs by area', 'Oldest open bugs', 'Age']) {
    const visual = report.visual(title);
    if (title !== 'Oldest open bugs') await visual.showAsTable();
    const shown = await visual.rows();
    const heads = (await visual.heads()).map((h) => h.trim());
    const { name, text } = await visual.exportCsv();
    expect(name).toBe(`${title}.csv`);
    const [head, ...lines] = csvRows(text);
    expect(head).toEqual(heads);
    expect(lines.map((cells) => cells.map((c) => c.replace(/^'(?=[=+@-])/, '')))).toEqual(shown.map((cells) => cells.map(asFiled)));
  }
});

onReport('the rows behind a visual are exported with their ids and links, as CSV and as a workbook', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  const visual = report.visual('Open bugs by area');
  await visual.tool('More options');
  await page.getByRole('menuitem', { name: 'Export data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export data' });
  await expect(dialog).toContainText('rows in Open bugs by area.xlsx');
  await dialog.getByRole('radio', { name: 'Underlying' }).check();
  await expect(dialog).toContainText(`${bugs.length} rows in Open bugs by area.xlsx`);
  await expectAccessible(page, 'Export data');
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  await dialog.getByRole('checkbox', { name: 'For spreadsheets' }).uncheck();
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const { name, text } = await fileOf(await saved);
  expect(name).toBe('Open bugs by area.csv');
  const [head = [], ...lines] = csvRows(text);
  const id = head.indexOf('Id');
  expect(lines.map((cells) => Number(cells[id])).toSorted((a, b) => a - b)).toEqual(bugs.map((b) => b.id).toSorted((a, b) => a - b));
  expect(lines.every((cells) => cells.some((c) => c.startsWith('http') && c.endsWith(`/_workitems/edit/${cells[id]}`)))).toBe(true);
  await expect(dialog).toHaveCount(0);

  await visual.tool('More options');
  await page.getByRole('menuitem', { name: 'Export data' }).click();
  await expect(dialog).toContainText('.xlsx');
  const book = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const workbook = await fileOf(await book);
  expect(workbook.name).toBe('Open bugs by area.xlsx');
  expect(workbook.text.slice(0, 2)).toBe('PK');
});

onReport('a visual is saved as a picture and copied as one, as it stands on the page', async ({ report, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const visual = report.visual('Open bugs by area');
  const box = await visual.root.boundingBox();
  const onScreen = await visual.root.screenshot();
  await visual.tool('More options');
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as picture' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('Open bugs by area.png');
  const png = readFileSync(await file.path());
  const bigEndian = (at: number) => png.readUInt32BE(at);
  expect(Math.abs(bigEndian(16) - 2 * (box?.width ?? 0))).toBeLessThan(6);
  expect(Math.abs(bigEndian(20) - 2 * (box?.height ?? 0))).toBeLessThan(6);
  // The colours of two state categories are in it, in about the share of the page's own picture.
  const shares = await page.evaluate(async ([made, own]) => {
    const sharesOf = async (base64 = '') => {
      const bitmap = new Image();
      bitmap.src = `data:image/png;base64,${base64}`;
      await bitmap.decode();
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const draw = canvas.getContext('2d');
      draw?.drawImage(bitmap, 0, 0);
      const { data } = draw?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8ClampedArray() };
      const count = { blue: 0, orange: 0 };
      for (let i = 0; i < data.length; i += 4) {
        const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3);
        if (b > 150 && r < 60) count.blue++;
        else if (r > 180 && b < 80 && g < 160) count.orange++;
      }
      return Object.values(count).map((n) => (400 * n) / data.length);
    };
    return [await sharesOf(made), await sharesOf(own)];
  }, [png.toString('base64'), onScreen.toString('base64')]);
  for (const [i, share] of (shares[1] ?? []).entries()) {
    expect(share, 'the page itself').toBeGreaterThan(0.05);
    expect(Math.abs((shares[0]?.[i] ?? 0) - share) / share, `colour ${i}: ${JSON.stringify(shares)}`).toBeLessThan(0.15);
  }

  await visual.tool('More options');
  await page.getByRole('menuitem', { name: 'Copy as picture' }).click();
  await expect(page.getByText('The visual is on the clipboard as a picture')).toBeVisible();
  expect(await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((i) => i.types))).toEqual(['image/png']);
});

/** A cell as a file has it: numbers without their marks of thousands, nothing for nobody. */
function asFiled(cell: string): string {
  if (cell === unassigned) return '';
  return /^[\d,]+$/.test(cell) ? cell.replaceAll(',', '') : cell;
}

test('the id of a work item opens it in Azure DevOps, in the browser of the person', async ({ page, program, loaded, sample }, info) => {
  // The system's opener is replaced by one that writes down what it was asked to open.
  const folder = info.outputPath('opener');
  mkdirSync(folder, { recursive: true });
  const opened = path.join(folder, 'opened');
  writeFileSync(path.join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`);
  chmodSync(path.join(folder, 'xdg-open'), 0o755);
  program.startFrom(loaded);
  await page.goto(await program.start({ PATH: `${folder}:${process.env.PATH}` }));
  await page.waitForURL(/#\/dashboard\//);
  await page.evaluate((id) => { window.location.hash = `#/report/${id}`; }, loaded.reportId);
  const report = new ReportOnScreen(page);
  await report.settled();
  const [oldest] = (await openBugs(sample)).sort((a, b) => a.created.localeCompare(b.created));
  await report.visual('Oldest open bugs').root.getByRole('button', { name: String(oldest?.id), exact: true }).click();
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toBe(`${sample.url}/_workitems/edit/${oldest?.id}`);
});
