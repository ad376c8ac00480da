// Days that pass in the organization, and a server that is slow or closed: what the screen of a dataset says of them.
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { binary, expect, test } from './program';
import { SampleOrganization } from './sample';
import { answerOf } from './verbs';

test('four days pass: a refresh counts what they brought, what the server deleted is kept, a renamed project stays itself', async ({ page, program }) => {
  const sample = await SampleOrganization.start(binary);
  const { datasetId } = await answerOf<{ datasetId: string }>(
    ['connect', '--url', sample.url, '--project', '*', '--name', 'Lumen', '--token-stdin', '--json'], { env: program.environment(), input: sample.token },
  );
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await new Frame(page).go(`dataset/${datasetId}`);
  const dataset = new DatasetScreen(page);
  for (const [name, row] of Object.entries(await dataset.check())) expect(['Equal', 'Not asked'], name).toContain(row.state);

  // Of two days both may fall on a week-end a year ago, when no pipeline ran whose runs the server deletes now.
  sample.advance(4);
  await dataset.refresh();
  const [newest = []] = await dataset.runs();
  expect(newest[2]).toBe('Completed');
  const changes = await dataset.newestChanges();
  const total = (at: number) => Object.values(changes).reduce((sum, counts) => sum + (counts[at] ?? 0), 0).toLocaleString('en-GB');
  expect(newest[4]).toBe(`+${total(0)} / ${total(1)} / ${total(2)}`);
  expect(changes['Work item revisions']?.[0], 'people worked').toBeGreaterThan(0);
  expect(changes['Pipeline runs']?.[0], 'pipelines ran').toBeGreaterThan(0);
  await expect(dataset.last.locator('dd').first()).toHaveText(total(0));
  await expect(dataset.fact('Projects')).toHaveText('* 6 match today');

  const proof = await dataset.check();
  for (const [name, row] of Object.entries(proof)) {
    expect(row.state, name).toMatch(/^(Equal|Not asked|[\d,]+ (kept|more) here)$/);
    if (row.state === 'Equal') expect(row.server, name).toBe(row.held);
  }
  expect(proof['Pipeline runs']?.state, 'old runs were deleted by the server and stay here').toMatch(/^[\d,]+ (kept|more) here$/);
  await page.goto('about:blank');
  await sample.stop();
});

test('a server that slows down: the load ends, and its line says for how long it was held back', async ({ page, program }) => {
  const sample = await SampleOrganization.start(binary, '--fault', 'slow-down');
  const { datasetId } = await answerOf<{ datasetId: string }>(
    ['connect', '--url', sample.url, '--project', 'Lumen Labs', '--name', 'Labs', '--token-stdin', '--json'], { env: program.environment(), input: sample.token },
  );
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await new Frame(page).go(`dataset/${datasetId}`);
  const dataset = new DatasetScreen(page);
  await expect(dataset.history.getByRole('row', { name: /First load Completed, slowed Waited .* asked to slow down/ })).toBeVisible();
  await page.goto('about:blank');
  await sample.stop();
});
