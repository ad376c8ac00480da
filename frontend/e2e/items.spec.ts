// The rows behind a mark: that they are the ones it counts, held against the organization's own REST answers, and
// everything a reader does with the list.
import { expectAccessible } from './accessible';
import { historyOf } from './history';
import { expect, test } from './program';
import { ReportOnScreen } from './report';
import { openBugs } from './truth';
import type { Locator, Page } from '@playwright/test';

class ItemsOnScreen {
  readonly pane: Locator;
  readonly grid: Locator;
  constructor(readonly page: Page) {
    this.pane = page.getByRole('region', { name: 'Rows behind the mark' });
    this.grid = this.pane.getByRole('grid');
  }

  heading(): Locator { return this.pane.getByRole('heading', { level: 1 }); }

  /** The numbers of all rows, in their order; the grid draws only what is in view, so it is scrolled through. */
  async ids(): Promise<number[]> {
    await expect(this.grid).toBeVisible();
    const count = Number(await this.grid.getAttribute('aria-rowcount')) - 1;
    const seen = new Map<number, number>();
    for (let top = 0; seen.size < count; top += 300) {
      const drawn = await this.grid.locator('tbody tr[aria-rowindex]').evaluateAll((rows) => rows.map((r): [number, number] => [Number(r.getAttribute('aria-rowindex')), Number(r.querySelector('td:nth-child(2)')?.textContent)]));
      for (const [at, id] of drawn) seen.set(at, id);
      if (top > 300 * count) throw new Error(`${seen.size} of ${count} rows could be seen`);
      await this.grid.evaluate((grid, to) => { if (grid.parentElement) grid.parentElement.scrollTop = to; }, top);
      await this.page.waitForTimeout(60);
    }
    await this.grid.evaluate((grid) => { if (grid.parentElement) grid.parentElement.scrollTop = 0; });
    return [...seen].sort((a, b) => a[0] - b[0]).map(([, id]) => id);
  }

  /** The cells of a column that are drawn, from the top. */
  async column(name: string): Promise<string[]> {
    const heads = await this.grid.locator('thead th').allInnerTexts();
    const at = heads.findIndex((h) => h.trim() === name);
    expect(at, `column ${name} of ${heads.join(', ')}`).toBeGreaterThanOrEqual(0);
    return this.grid.locator(`tbody tr[aria-rowindex] td:nth-child(${at + 1})`).evaluateAll((cells) => cells.map((c) => c.getAttribute('title') ?? ''));
  }
}

const onItems = test.extend<{ report: ReportOnScreen; items: ItemsOnScreen }>({
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
  items: async ({ page }, use) => use(new ItemsOnScreen(page)),
});

const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);

onItems('a double click on a bar lists exactly the items it counts, and Esc goes back to the bar', async ({ report, items, sample, page }) => {
  const bugs = await openBugs(sample);
  const second = bugs.filter((b) => b.priority === 2);
  expect(second.length).toBeGreaterThan(5);
  await report.visual('Priority').mark(/^2\b/).dblclick();
  await expect(items.heading()).toHaveText(`${second.length} work items behind 2`);
  await expect(items.pane).toContainText(`${second.length} work items, the same as the mark`);
  expect(sorted(await items.ids())).toEqual(sorted(second.map((b) => b.id)));
  const ages = (await items.column('Age in days')).map((t) => Number(t.replaceAll(',', '')));
  expect(ages, 'the oldest first').toEqual([...ages].sort((a, b) => b - a));
  await page.keyboard.press('Escape');
  await expect(items.pane).toHaveCount(0);
  await expect(report.visual('Priority').mark(/^2\b/)).toBeFocused();
  await expect(report.reset, 'nothing was picked by it').toBeDisabled();
});

onItems('the keyboard opens the items of a mark and tells the history of one', async ({ report, items, sample, page }) => {
  const history = await historyOf(sample);
  await report.visual('Priority').mark(/^1\b/).focus();
  await page.keyboard.press('Alt+Enter');
  await expect(items.grid).toBeVisible();
  const [id = 0] = await items.ids();
  await items.grid.locator('[data-cell="0:2"]').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText(String(id));
  const told = history.revisions.get(id) ?? [];
  await expect(dialog.getByRole('listitem')).toHaveCount(Math.min(50, told.length));
  await expect(dialog.getByRole('listitem').first()).toContainText(`Revision ${told.length}`);
  await expectAccessible(page, 'history of an item');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(items.pane, 'Esc closed the dialog alone').toBeVisible();
});

onItems('the list is sorted, searched, given other columns and selected, and stays accessible', async ({ report, items, sample, page }) => {
  const bugs = await openBugs(sample);
  await report.visual('Assigned to').mark(/^Unassigned\b/).dblclick();
  const own = bugs.filter((b) => b.assignedTo === undefined);
  await expect(items.heading()).toContainText(`${own.length} work items behind Unassigned`);
  await items.grid.getByRole('button', { name: 'Title' }).click();
  await expect(items.grid.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
  const titles = await items.column('Title');
  expect(titles[0]?.localeCompare(titles[1] ?? '') ?? 1).toBeLessThanOrEqual(0);

  const word = (own[0]?.title ?? '').split(' ')[0] ?? '';
  const hits = own.filter((b) => b.title.toLowerCase().includes(word.toLowerCase()));
  await items.pane.getByRole('textbox', { name: 'Search these rows' }).fill(word);
  await expect.poll(async () => sorted(await items.ids())).toEqual(sorted(hits.map((b) => b.id)));
  await expect(items.heading(), 'the count of the mark stays').toContainText(`${own.length} work items`);
  await page.keyboard.press('Escape');
  await expect(items.pane).toBeVisible();
  await expect.poll(async () => (await items.ids()).length).toBe(own.length);

  await items.pane.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Area path' }).check();
  await page.keyboard.press('Escape');
  const areas = await items.column('Area path');
  const ids = await items.ids();
  for (const [i, area] of areas.entries()) expect(area, `area of ${ids[i]}`).toBe(bugs.find((b) => b.id === ids[i])?.area);

  await items.grid.locator('[data-cell="0:2"]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(items.pane.getByRole('status').first()).toHaveText(`2 of ${own.length} selected`);
  await expect(items.pane.getByRole('button', { name: 'Open in Azure DevOps', exact: true }), 'two are selected').toBeDisabled();
  await expectAccessible(page, 'items behind a mark');
});
