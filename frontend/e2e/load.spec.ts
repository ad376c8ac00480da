// A load that is paused, cancelled, cut off, slowed down, or killed: it goes on where it was and ends with
// the numbers of a load that nobody disturbed.
import type { Page } from '@playwright/test';
import { filesHolding } from './canary';
import { Gallery } from './connect';
import { Frame } from './frame';
import { expect, test } from './program';
import { type SampleOrganization } from './sample';
import { openBugs } from './truth';
import { answerOf } from './verbs';
import { VisualOnScreen } from './visual';
import { Wire } from './wire';

/** Connects through a slow wire with the token and starts to load all projects. */
async function startLoading(app: Page, wire: Wire, sample: SampleOrganization): Promise<void> {
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(wire.url, '*');
  await dialog.useToken(sample.token);
  await dialog.button('Continue as Mira Okafor').click();
  await dialog.button('Load 6 projects').click();
  await expect(app.getByRole('heading', { name: 'Loading sample' })).toBeVisible();
}

const isRevisionPage = (path: string) => path.includes('/reporting/workitemrevisions');

interface DatasetAnswer { id: string; name: string; workItems: number; revisions: number; state: string }

/** Everything a dataset counts, asked by the verb. */
async function totals(dataDir: string): Promise<{ dataset: Pick<DatasetAnswer, 'workItems' | 'revisions' | 'state'>; bugs: unknown }> {
  const env = { ...process.env, TZ: 'UTC', SIGHTLINE_DATA_DIR: dataDir };
  const [dataset] = await answerOf<DatasetAnswer[]>(['datasets', '--json'], { env });
  if (!dataset) throw new Error('there is no dataset');
  const query = { values: ['Open bugs', 'Open work items'], rows: ['Projects[Project]', 'Work items[State category]'] };
  const answer = await answerOf<{ rows: unknown[]; total: unknown; dimensions: { members: { label: string }[] }[] }>(['query', dataset.id, '--json'], { env, input: JSON.stringify(query) });
  return {
    dataset: { workItems: dataset.workItems, revisions: dataset.revisions, state: dataset.state },
    bugs: { rows: answer.rows, total: answer.total, members: answer.dimensions.map((d) => d.members.map((m) => m.label)) },
  };
}

for (const [how, signal] of [['killed', 'SIGKILL'], ['closed', 'SIGTERM']] as const) {
  test(`${how} in the middle, started again: the load goes on by itself and nothing differs`, async ({ page, program, sample, loaded }) => {
    const wire = await Wire.before(sample.url);
    wire.make((path) => (path.includes('/reporting/') ? { delay: 250 } : { delay: 10 }));
    await page.goto(await program.start());
    await startLoading(page, wire, sample);
    const history = page.getByRole('row', { name: /Work item history/ });
    await expect(history.getByRole('cell').nth(1), 'some of the history is in').toHaveText(/^\d,\d{3}/, { timeout: 30_000 });
    await page.goto('about:blank');
    await program.stop(signal);
    const before = wire.asked.splice(0).filter(isRevisionPage);
    wire.make(null);

    await page.goto(await program.start());
    await expect(page).toHaveURL(/#\/loading\//); // a first load under way comes before everything
    await expect(page).toHaveURL(/#\/dashboard\//, { timeout: 40_000 });
    const again = wire.asked.filter(isRevisionPage).filter((path) => before.includes(path));
    expect(before.length).toBeGreaterThan(2);
    // Each of the six projects may have one page on its way that no commit holds yet.
    expect(again.length, 'no page was read again but those that were on their way').toBeLessThanOrEqual(6);
    await expect(page.getByRole('link', { name: 'Active bugs, opens its report page' })).toBeVisible();
    await page.goto('about:blank');
    await program.stop();
    expect(await totals(program.dataDir)).toEqual(await totals(loaded.dataDir));
    expect(filesHolding(program.dataDir, sample.token), 'the typed token rests nowhere in plain').toEqual([]);
    await wire.close();
  });
}

test('paused, resumed, cancelled, continued', async ({ app, program, sample }) => {
  const wire = await Wire.before(sample.url);
  wire.make((path) => (path.includes('/reporting/') ? { delay: 300 } : null));
  await startLoading(app, wire, sample);
  const main = app.getByRole('main');
  await main.getByRole('button', { name: 'Pause' }).click();
  await expect(app.getByRole('heading', { name: 'sample is paused' })).toBeVisible();
  await expect.poll(async () => { const before = wire.asked.length; await app.waitForTimeout(700); return wire.asked.length - before; }, 'nothing is asked while it is paused').toBe(0);

  await main.getByRole('button', { name: 'Resume' }).click();
  await expect(app.getByRole('heading', { name: 'Loading sample' })).toBeVisible();
  await main.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.getByRole('heading', { name: 'sample was stopped' })).toBeVisible();
  await expect(main).toContainText('What was loaded stays; it continues where it stopped.');
  const frame = new Frame(app);
  await expect(frame.item('Datasets', 'sample').getByLabel('Not loaded to the end')).toBeVisible();

  // The program is closed and opened: a load that was stopped on purpose does not start by itself.
  await app.goto('about:blank');
  await program.stop();
  await app.goto(await program.start());
  await expect(app.getByRole('heading', { name: /sample/ }).first()).toBeVisible();
  wire.make(null);
  await frame.item('Datasets', 'sample').click();
  await app.getByRole('button', { name: /^Continue/ }).click();
  await expect(app).toHaveURL(/#\/dashboard\//, { timeout: 40_000 });
  await wire.close();
});

test('the first look: the report opens while the history still loads, and says that it is partial', async ({ app, sample }) => {
  const wire = await Wire.before(sample.url);
  // So slow that the history would take a minute: then the present state of every work item comes first.
  wire.make((path) => (path.includes('/reporting/workitemrevisions') && !/includeLatestOnly=true/i.test(path) ? { delay: 2500 } : null));
  await startLoading(app, wire, sample);
  await expect(app.getByRole('heading', { name: 'The report can be opened now' })).toBeVisible({ timeout: 30_000 });
  await app.getByRole('button', { name: 'Open the report' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Open Bug Status' })).toBeVisible();
  await expect(app.getByText(/^Partial data/)).toBeVisible();
  const bugs = await openBugs(sample);
  await expect(new VisualOnScreen(app, 'Open bugs').figure(), 'the present is whole already').toHaveText(String(bugs.length));
  wire.make(null);
  await expect(app.getByText(/^Partial data/)).toHaveCount(0, { timeout: 30_000 });
  await wire.close();
});

test('the server asks to slow down, breaks off mid-page, then stops: each is told and nothing is lost', async ({ app, program, sample, loaded }) => {
  const wire = await Wire.before(sample.url);
  let revisionPages = 0;
  wire.make((path) => {
    if (!path.includes('/reporting/workitemrevisions')) return null;
    revisionPages += 1;
    if (revisionPages === 2) return { answer: { status: 429, headers: { 'Retry-After': '3' } } };
    return revisionPages === 4 ? { cutAfter: 2000 } : { delay: 50 };
  });
  await startLoading(app, wire, sample);
  await expect(app.getByRole('status').filter({ hasText: 'Waiting' })).toContainText('It continues by itself; nothing is lost.');
  await expect(app.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 40_000 });
  await expect(app.getByText(/waited 3 s/)).toBeVisible();
  await app.waitForURL(/#\/dashboard\//);

  // From here on the server is gone.
  await wire.close();
  await app.getByRole('button', { name: 'Refresh now' }).click();
  await expect(app.getByText('The refresh of sample / * stopped', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(new VisualOnScreen(app, 'Active bugs').figure()).toHaveText(/^\d+$/);
  await app.goto('about:blank');
  await program.stop();
  const [here, undisturbed] = [await totals(program.dataDir), await totals(loaded.dataDir)];
  expect(here.bugs).toEqual(undisturbed.bugs);
  expect({ ...here.dataset, state: '' }).toEqual({ ...undisturbed.dataset, state: '' });
});
