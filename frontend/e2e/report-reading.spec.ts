// What a reader does with a page besides slicing and picking: filter cards, undo, the menu of a mark, sort, spotlight, what
// filters a visual, how large the page is, full screen, the list of keys. Numbers are counted from the organization's REST.
import { expectAccessible } from './accessible';
import { Frame } from './frame';
import { expect, test } from './program';
import { ReportOnScreen } from './report';
import { openBugs, tally } from './truth';

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

onReport('a filter card lists members with their counts, filters its visual alone, and every step is undone', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  const priority = report.visual('Priority');
  await page.getByRole('button', { name: 'Open Filters' }).click();
  await priority.root.getByRole('heading').click();
  const pane = page.getByRole('complementary', { name: 'Filters' });
  const own = pane.getByRole('region', { name: 'Filters on this visual' });
  await expect(own).toContainText('is (All)');
  await own.getByRole('button', { name: /^Priority/ }).click();
  const counts = tally(bugs, (b) => String(b.priority ?? '(Blank)'));
  for (const [name, n] of counts) await expect(own.getByText(name, { exact: true }).locator('xpath=ancestor::div[@title][1]')).toContainText(String(n));

  const names = () => priority.marks().evaluateAll((marks) => marks.map((m) => (m.getAttribute('aria-label') ?? '').replace(/:.*$/, '')));
  const before = await names();
  await own.getByRole('checkbox', { name: '2', exact: true }).check();
  await expect.poll(names).toEqual(['2']);
  await expect(own).toContainText('Priority');
  await expect(own).toContainText('is 2');
  expect(await report.cards(), 'other visuals keep everything').toEqual([String(bugs.length), ...['Proposed', 'InProgress', 'Resolved'].map((c) => String(tally(bugs, (b) => b.category).get(c) ?? 0))]);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(names).toEqual(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(names).toEqual(['2']);
  await own.getByRole('button', { name: 'Clear the filter on Priority' }).click();
  await expect.poll(names).toEqual(before);
  await priority.root.getByRole('heading').click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(names).toEqual(before);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

onReport('Top N keeps the people with most', async ({ report, sample, page }) => {
  const bugs = await openBugs(sample);
  await page.getByRole('button', { name: 'Open Filters' }).click();
  const people = report.visual('Assigned to by state');
  await people.root.getByRole('heading', { name: 'Assigned to by state' }).click();
  const own = page.getByRole('complementary', { name: 'Filters' }).getByRole('region', { name: 'Filters on this visual' });
  await own.getByRole('button', { name: /^Assigned to/ }).click();
  await own.getByRole('combobox', { name: 'Filter type' }).selectOption('Top N');
  await own.getByRole('spinbutton', { name: 'How many' }).fill('3');
  await own.getByRole('button', { name: 'Apply filter' }).click();
  await expect(own).toContainText('is one of the top 3 by Open bugs');
  const most = [...tally(bugs, (b) => b.assignedTo ?? 'Unassigned')];
  const third = most[2]?.[1] ?? 0;
  const kept = most.filter(([, n]) => n >= third).length; // those that tie with the third stay too
  await expect(people.root.locator('tbody tr th')).toHaveCount(kept + 1);
});

onReport('a mark has a menu by right click and by Shift+F10', async ({ report, page }) => {
  const priority = report.visual('Priority');
  await priority.mark(/^2\b/).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Show the items' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await priority.marks().first().focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Select', exact: false }).first().click();
  await expect(report.restatement).toContainText('Priority is');
  await report.visual('Oldest open bugs').root.locator('tbody tr').nth(1).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Open in Azure DevOps' })).toBeVisible();
  await page.keyboard.press('Escape');
});

onReport('a visual is sorted, stands in the spotlight and says what filters it', async ({ report, page }) => {
  const priority = report.visual('Priority');
  const menu = async () => {
    await priority.root.hover();
    await priority.root.getByRole('button', { name: 'More options' }).click();
  };
  const names = () => priority.marks().evaluateAll((marks) => marks.map((m) => (m.getAttribute('aria-label') ?? '').replace(/:.*$/, '')));
  const before = await names();
  const counts = async () => (await priority.marks().evaluateAll((marks) => marks.map((m) => m.getAttribute('aria-label') ?? ''))).map((n) => Number(/: ([\d,]+)/.exec(n)?.[1]?.replaceAll(',', '')));
  await menu();
  await page.getByRole('menuitem', { name: 'Sort by' }).click();
  await page.getByRole('menuitemradio', { name: 'Open bugs' }).click();
  await expect.poll(async () => { const n = await counts(); return n.every((x, i) => i === 0 || (n[i - 1] ?? 0) >= x); }).toBe(true);
  await page.keyboard.press('Control+z');
  await expect.poll(names).toEqual(before);

  await menu();
  await page.getByRole('menuitem', { name: 'Spotlight' }).click();
  await page.mouse.move(0, 0);
  await expect(report.visual('Severity').root).toHaveCSS('opacity', '0.35');
  await expect(priority.root).toHaveCSS('opacity', '1');
  await page.keyboard.press('Control+z');
  await expect(report.visual('Severity').root).toHaveCSS('opacity', '1');

  await report.visual('Severity').mark(/^3 - Medium/).click();
  await priority.root.hover();
  await priority.root.getByRole('button', { name: 'Filters that affect this visual' }).click();
  const funnel = page.getByRole('dialog', { name: 'Filters that affect this visual' });
  await expect(funnel).toContainText('Selected in another visual');
  await expect(funnel).toContainText('Severity is 3 - Medium');
  await expect(funnel).toContainText('State category is not Completed or Removed');
});

onReport('the page is fitted, fills the screen, and lists its keys', async ({ report, page }) => {
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };
  await choose('Actual size');
  const sheet = page.locator('main [data-region]').filter({ has: page.getByRole('heading', { level: 1 }) });
  await expect.poll(async () => (await sheet.boundingBox())?.width).toBe(1280);
  await choose('Fit to page');
  await expect.poll(async () => { const box = await sheet.boundingBox(); return box ? Math.round((box.width / box.height) * 90) : 0; }).toBe(160);
  await choose('Fill window');
  await report.settled();

  await page.keyboard.press('F11');
  await expect(page.getByRole('button', { name: 'Leave full screen' })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Reset to default' })).toBeHidden();
  await page.keyboard.press('F11');
  await expect(page.getByRole('button', { name: 'Reset to default' })).toBeVisible();
  await page.keyboard.press('Shift+?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toContainText('Ctrl+Shift+C');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
});

onReport('areas are drilled into and left again, and only their own visual follows', async ({ report, sample }) => {
  const bugs = await openBugs(sample);
  const byArea = report.visual('Open bugs by area');
  const whole = await report.cards();
  await byArea.root.hover();
  await byArea.root.getByRole('button', { name: 'Next level', exact: true }).click();
  await byArea.showAsTable();
  const third = tally(bugs.filter((b) => b.area.split('\\').length > 2), (b) => b.area.split('\\')[2] ?? '');
  await expect.poll(async () => (await byArea.heads())[0]).toContain('level 3');
  const names = new Set((await byArea.rows()).map(([name = '']) => name));
  for (const name of names) expect(name === 'Other' || name === '(Blank)' || third.has(name), `${name} is an area of the third level`).toBe(true);
  expect(await report.cards()).toEqual(whole);
  await byArea.root.hover();
  await byArea.root.getByRole('button', { name: 'Drill up' }).click();
  await expect.poll(async () => (await byArea.heads())[0]).toContain('level 2');
});

onReport('a click asks once, and what it changed is drawn', async ({ report, page }) => {
  const asked: string[] = [];
  page.on('request', (r) => { if (r.method() === 'POST' && (r.postData() ?? r.url()).includes('Reports.Page')) asked.push(r.url()); });
  await page.evaluate(() => performance.clearMarks());
  await report.visual('Priority').mark(/^2\b/).click();
  await expect(report.restatement).toContainText('Priority is 2');
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('drawn').length)).toBeGreaterThan(0);
  const times = await page.evaluate(() => [performance.getEntriesByName('click')[0]?.startTime ?? 0, performance.getEntriesByName('drawn').at(-1)?.startTime ?? 0]);
  expect(times[0]).toBeGreaterThan(0);
  expect(times[1]).toBeGreaterThan(times[0] ?? 0);
});

for (const theme of ['Light', 'Dark'] as const) {
  onReport(`the Filters pane and the list of keys are accessible, ${theme.toLowerCase()}`, async ({ report, page }, info) => {
    await new Frame(page).chooseTheme(theme);
    await page.getByRole('button', { name: 'Open Filters' }).click();
    await report.visual('Priority').root.getByRole('heading').click();
    const own = page.getByRole('region', { name: 'Filters on this visual' });
    await own.getByRole('button', { name: /^Priority/ }).click();
    await own.getByRole('checkbox', { name: '2', exact: true }).check();
    await report.settled();
    for (const [width, height] of [[1280, 800], [800, 900]] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(300);
      await page.screenshot({ path: info.outputPath(`reading-${theme}-${width}.png`) });
      await expectAccessible(page, `reading at ${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Shift+?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.screenshot({ path: info.outputPath(`keys-${theme}.png`) });
    await expectAccessible(page, 'list of keys');
  });
}
