// More of what a reader does with a page: heads of tables, including and excluding, advanced and relative filters, kinds of
// slicers, drill mode, focus. Numbers are counted from the organization's REST.
import { expect, test } from './program';
import { ReportOnScreen } from './report';
import { openBugs, tally } from './truth';
import type { VisualOnScreen } from './visual';

/** The rows of a grid from its top, wherever it was scrolled to. */
async function rowsFromTop(visual: VisualOnScreen): Promise<string[][]> {
  await visual.grid.evaluate(async (grid) => {
    if (grid.parentElement) grid.parentElement.scrollTop = 0;
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  });
  return visual.rows();
}

const onReport = test.extend<{ report: ReportOnScreen }>({
  report: async ({ page, program, loaded }, use) => {
    program.startFrom(loaded);
    await page.goto(await program.start());
    await page.waitForURL(/#\/dashboard\//);
    await page.evaluate((id) => { window.location.hash = `#/report/${id}`; }, loaded.reportId);
    const report = new ReportOnScreen(page);
    await report.settled();
    await use(report);
  },
});

onReport('a table is sorted by its heads, a mark is excluded, and Ctrl+Z takes both back, also from another page', async ({ report, sample, page, loaded }) => {
  const bugs = await openBugs(sample);
  const oldest = report.visual('Oldest open bugs');
  const ids = async () => (await rowsFromTop(oldest)).map(([id]) => Number(id));
  const before = await ids();
  await oldest.grid.getByRole('button', { name: 'Id', exact: true }).click();
  // The twenty stay the same, in another order.
  await expect.poll(ids).toEqual([...before].sort((a, b) => a - b));
  await expect(oldest.grid.getByRole('columnheader', { name: 'Id', exact: true })).toHaveAttribute('aria-sort', 'ascending');

  const priority = report.visual('Priority');
  const names = () => priority.marks().evaluateAll((marks) => marks.map((m) => (m.getAttribute('aria-label') ?? '').replace(/:.*$/, '')));
  await priority.mark(/^2\b/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Exclude 2' }).click();
  const kept = [...tally(bugs, (b) => String(b.priority ?? '(Blank)')).keys()].filter((name) => name !== '2').sort();
  await expect.poll(async () => (await names()).sort()).toEqual(kept);
  await priority.mark(/^3\b/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Include only 3' }).click();
  await expect.poll(names).toEqual(['3']);

  await page.evaluate((id) => { window.location.hash = `#/report/${id}/bug-trend`; }, loaded.reportId);
  await expect(page.getByRole('heading', { level: 1, name: 'Bug trend' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { level: 1, name: 'Open Bug Status' })).toBeVisible();
  await expect.poll(async () => (await names()).sort()).toEqual(kept);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(ids).toEqual(before);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

onReport('an advanced filter keeps what fits its two conditions', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  await page.getByRole('button', { name: 'Open Filters' }).click();
  await report.visual('Priority').root.getByRole('heading').click();
  const own = page.getByRole('complementary', { name: 'Filters' }).getByRole('region', { name: 'Filters on this visual' });
  await own.getByRole('button', { name: /^Priority/ }).click();
  await own.getByRole('combobox', { name: 'Filter type' }).selectOption('Advanced');
  await own.getByRole('combobox', { name: 'Condition 1' }).selectOption('is greater than');
  await own.getByRole('textbox', { name: 'Value of condition 1' }).fill('1');
  await own.getByRole('combobox', { name: 'Condition 2' }).selectOption('is less than or equal to');
  await own.getByRole('textbox', { name: 'Value of condition 2' }).fill('3');
  await own.getByRole('button', { name: 'Apply filter' }).click();
  await expect(own).toContainText('is greater than 1');
  const marks = () => report.visual('Priority').marks().evaluateAll((all) => all.map((m) => m.getAttribute('aria-label') ?? ''));
  const counts = tally(bugs, (b) => b.priority);
  await expect.poll(async () => (await marks()).map((m) => /^(\d): (\d+)/.exec(m)?.slice(1).join(' '))).toEqual(['2', '3'].map((p) => `${p} ${counts.get(Number(p)) ?? 0}`));
});

onReport('drill mode goes into a mark, Expand shows the next level inside, focus mode has the numbers beneath', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  const byArea = report.visual('Open bugs by area');
  const tool = async (name: string) => {
    await byArea.root.hover();
    await byArea.root.getByRole('button', { name, exact: true }).click();
    await page.mouse.move(0, 0);
  };
  const level = (b: { area: string }, n: number) => b.area.split('\\')[n - 1] ?? '(Blank)';
  const top = bugs.filter((b) => level(b, 2) === 'Storefront');
  await tool('Drill mode');
  await byArea.mark(/Storefront/).first().click();
  await tool('Show as a table');
  await expect.poll(async () => (await byArea.heads())[0]).toContain('level 3');
  const inside = (await rowsFromTop(byArea)).map((row) => Number(row[row.length - 1])).reduce((a, b) => a + b, 0);
  expect(inside, 'bugs of Storefront').toBe(top.length);
  await tool('Drill up');
  await tool('Leave drill mode');
  await tool('Expand to the next level');
  await expect.poll(async () => (await byArea.heads()).slice(0, 2).join(' ')).toMatch(/level 2.*level 3/);
  const all = (await rowsFromTop(byArea)).map((row) => Number(row[row.length - 1])).reduce((a, b) => a + b, 0);
  expect(all, 'every bug once').toBe(bugs.length);

  await tool('Focus mode');
  await expect(report.visual('Severity').root).toHaveCount(0);
  await expect(byArea.grid).toBeVisible();
  await expect(byArea.marks().first()).toBeVisible();
  await page.getByRole('button', { name: 'Back to report' }).click();
  await expect(report.visual('Severity').root).toBeVisible();
});

onReport('a slicer of relative days and one that keeps a single member', async ({ report, page, loaded }) => {
  await page.evaluate((id) => { window.location.hash = `#/report/${id}/lead-cycle-time`; }, loaded.reportId);
  await expect(page.getByRole('heading', { level: 1, name: 'Lead and cycle time' })).toBeVisible();
  await expect(report.slicer('Completed')).toContainText('Last 90 days');
  const completed = async () => Number((await report.visual('Completed').figure().innerText()).replaceAll(',', ''));
  await expect.poll(completed).toBeGreaterThan(0);
  const quarter = await completed();
  await report.slicer('Completed').click();
  const inside = page.getByRole('dialog', { name: 'Completed' });
  await inside.getByRole('spinbutton').fill('7');
  await inside.getByRole('button', { name: 'Apply filter' }).click();
  await expect(report.slicer('Completed')).toContainText('Last 7 days');
  await expect.poll(completed).toBeLessThan(quarter);

  await page.evaluate((id) => { window.location.hash = `#/report/${id}/velocity`; }, loaded.reportId);
  await expect(page.getByRole('heading', { level: 1, name: 'Velocity' })).toBeVisible();
  await report.slicer('Project').click();
  const list = page.getByRole('listbox', { name: 'Project', exact: true });
  await expect(list).toHaveAttribute('aria-multiselectable', 'false');
  await list.getByRole('option', { name: 'Fleet Ops', exact: true }).click();
  await list.getByRole('option', { name: 'Lumen Mobile', exact: true }).click();
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(report.slicer('Project')).toContainText('Lumen Mobile');
});
