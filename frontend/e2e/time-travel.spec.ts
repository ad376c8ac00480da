// A page as of another day, and why its number differs: held against a count over the organization's own revisions.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { daysAgo, endOf, historyOf, type Revision } from './history';
import { expect, test } from './program';
import { ReportOnScreen } from './report';

class PastOnScreen {
  readonly slider: Locator;
  readonly bar: Locator;
  constructor(readonly page: Page) {
    this.bar = page.getByRole('region', { name: 'Time travel' });
    this.slider = this.bar.getByRole('slider', { name: 'Day that the page shows' });
  }

  /** Chooses a day of the calendar, and a time of it if wanted. */
  async choose(button: Locator, day: string, time = ''): Promise<void> {
    await button.click();
    const surface = this.page.getByRole('dialog').or(this.page.getByRole('group')).filter({ has: this.page.getByRole('grid', { name: /^Days of/ }) });
    const name = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
    const wanted = surface.getByRole('gridcell').getByRole('button', { name: new RegExp(`\\b${name},`) });
    const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
    while (await surface.getByRole('grid', { name: `Days of ${month}`, exact: true }).count() === 0) await surface.getByRole('button', { name: 'Earlier month' }).click();
    await wanted.click();
    if (time) await surface.getByRole('textbox', { name: 'Time' }).fill(time);
    await surface.getByRole('button', { name: 'Show', exact: true }).click();
  }
}

const onPast = test.extend<{ report: ReportOnScreen; past: PastOnScreen }>({
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
  past: async ({ page }, use) => use(new PastOnScreen(page)),
});

const open = (report: ReportOnScreen) => report.visual('Open bugs').figure();
const priorities = (bugs: Map<number, Revision>, p: number) => [...bugs.values()].filter((b) => b.priority === p).length;

onPast('a day of the past shows what was true at its end, and a time of it what was true then', async ({ report, past, sample, page }) => {
  const history = await historyOf(sample);
  const day = daysAgo(100);
  await past.choose(past.bar.getByRole('button', { name: 'Choose a day' }), day);
  const then = history.openAt(endOf(day));
  expect(then.size).toBeGreaterThan(20);
  await expect(open(report)).toHaveText(String(then.size));
  await expect(report.visual('Priority').mark(/^2\b/)).toHaveAttribute('aria-label', new RegExp(`\\b${priorities(then, 2)}\\b`));
  const inWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
  await expect(page.getByText(`The whole page shows ${inWords}, end of day`)).toBeVisible();
  await expectAccessible(page, 'a past day');

  await report.visual('Priority').mark(/^2\b/).dblclick();
  const pane = page.getByRole('region', { name: 'Rows behind the mark' });
  await expect(pane).toContainText(`${priorities(then, 2)} work items, the same as the mark`);
  const states = await pane.locator('tbody tr[aria-rowindex]').evaluateAll((rows) => rows.map((r) => [Number(r.querySelector('td:nth-child(2)')?.textContent), r.querySelector('td:nth-child(4)')?.getAttribute('title')]));
  for (const [id, state] of states) expect(state, `${id} was in this state`).toBe(then.get(Number(id))?.state);
  await page.keyboard.press('Escape');

  await past.choose(past.bar.getByRole('button', { name: 'Choose a day' }), day, '11:30');
  await expect(open(report)).toHaveText(String(history.openAt(`${day}T11:30:00Z`).size));
  await page.getByRole('button', { name: 'Back to today' }).click();
  await expect(open(report)).toHaveText(String(history.openAt(new Date().toISOString()).size));
});

onPast('arrow keys go a day, Page keys to the next sprint, Home to the first day', async ({ report, past, sample }) => {
  const history = await historyOf(sample);
  await past.slider.focus();
  const days = Number(await past.slider.getAttribute('aria-valuemax'));
  const at = async () => daysAgo(days - Number(await past.slider.getAttribute('aria-valuenow')));
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']) await past.slider.press(key);
  expect(await at()).toBe(daysAgo(2));
  await expect(open(report)).toHaveText(String(history.openAt(endOf(daysAgo(2))).size));
  await past.slider.press('PageDown');
  const sprint = await at();
  expect(sprint < daysAgo(2) && sprint > daysAgo(40)).toBe(true);
  await expect(open(report)).toHaveText(String(history.openAt(endOf(sprint)).size));
  await past.slider.press('Home');
  const first = [...history.revisions.values()].map((r) => r[0]?.changed ?? '').sort()[0]?.slice(0, 10) ?? '';
  expect(await at()).toBe(first);
  await expect(open(report)).toHaveText(String(history.openAt(endOf(first)).size));
});

onPast('replays day by day, none left out and none twice, and rests where it is stopped', async ({ report, past, sample, page }) => {
  const history = await historyOf(sample);
  await past.choose(past.bar.getByRole('button', { name: 'Choose a day' }), daysAgo(200));
  await expect(open(report)).toHaveText(String(history.openAt(endOf(daysAgo(200))).size));
  await past.bar.getByRole('button', { name: 'Play day by day' }).click();
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('sightline-day').length)).toBeGreaterThan(12);
  await past.bar.getByRole('button', { name: 'Pause' }).click();
  const days = await page.evaluate(() => performance.getEntriesByName('sightline-day').map((e) => (e as PerformanceMark).detail as string));
  for (const [i, day] of days.entries()) expect(day, `day ${i}`).toBe(daysAgo(200 - i - (days[0] === daysAgo(199) ? 1 : 0)));
  const last = days.at(-1) ?? '';
  await expect(open(report)).toHaveText(String(history.openAt(endOf(last)).size));
  await page.reload(); // where it rested is kept
  await report.settled();
  await expect(open(report)).toHaveText(String(history.openAt(endOf(last)).size));
});

onPast('What changed? counts every item once, and its steps add up', async ({ past, sample, page, report }) => {
  const history = await historyOf(sample);
  const day = daysAgo(14);
  const before = history.openAt(endOf(day));
  const after = history.openAt(new Date().toISOString());
  await past.bar.getByRole('button', { name: 'What changed?' }).click();
  const pane = page.getByRole('region', { name: 'What changed', exact: true });
  await expect(pane).toContainText(`Open bugs went from ${before.size} to ${after.size}`);
  const steps = await pane.getByRole('figure').getByRole('option').evaluateAll((marks) => marks.map((m) => (m.getAttribute('aria-label') ?? '').replaceAll('−', '-')));
  const numbers = steps.map((s) => Number(/: ([+-]?\d+)$/.exec(s)?.[1]));
  expect(numbers.slice(1, -1).reduce((a, b) => a + b, numbers[0] ?? 0)).toBe(numbers.at(-1));
  expect([numbers[0], numbers.at(-1)]).toEqual([before.size, after.size]);
  const born = [...after.keys()].filter((id) => (history.revisions.get(id) ?? []).every((r) => Date.parse(r.changed) > Date.parse(endOf(day))));
  const gone = [...before.keys()].filter((id) => !after.has(id));
  expect(numbers[steps.findIndex((s) => s.startsWith('Created'))]).toBe(born.length);
  expect(-numbers.slice(1, -1).filter((n) => n < 0).reduce((a, b) => a + b, 0)).toBe(gone.length);
  await expectAccessible(page, 'what changed');

  await pane.getByRole('option', { name: /^Created/ }).click();
  const list = pane.locator('section', { hasText: 'Open as a list' });
  const ids = await list.locator('tbody tr td:first-child').allInnerTexts();
  expect(ids.map(Number).sort((a, b) => a - b)).toEqual(born.sort((a, b) => a - b));
  await list.getByRole('button', { name: 'Open as a list' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${born.length} work items behind Created` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pane).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pane).toHaveCount(0);
  await expect(past.bar.getByRole('button', { name: 'What changed?' })).toBeFocused();
  await expect(open(report)).toHaveText(String(after.size));
});
