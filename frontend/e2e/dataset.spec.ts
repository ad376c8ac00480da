// A dataset after its load: when it is refreshed, what its refreshes did, the proof that all is there, and
// everything loaded anew.
import type { Page } from '@playwright/test';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { expect, test, type Program } from './program';
import type { Loaded, SampleOrganization } from './sample';

async function open(page: Page, program: Program, loaded: Loaded): Promise<DatasetScreen> {
  program.startFrom(loaded);
  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await new Frame(page).go(`dataset/${loaded.datasetId}`);
  const dataset = new DatasetScreen(page);
  await expect(dataset.connection).toBeVisible();
  return dataset;
}

test('edits of the schedule hold after a reload and in a program that is started again', async ({ page, program, loaded }) => {
  const dataset = await open(page, program, loaded);
  await expect(dataset.choice('24 h')).toBeChecked();
  await dataset.choose('4 h');
  await dataset.schedule.getByRole('checkbox', { name: 'When Sightline starts, if older than 4 hours' }).check();
  await dataset.schedule.getByRole('checkbox', { name: 'Catch up once after a missed run' }).uncheck();
  await page.reload();
  await expect(dataset.choice('4 h')).toBeChecked();
  await expect(dataset.schedule.getByRole('checkbox', { name: 'When Sightline starts, if older than 4 hours' })).toBeChecked();
  await expect(dataset.schedule.getByRole('checkbox', { name: 'Catch up once after a missed run' })).not.toBeChecked();
  await expect(dataset.schedule).toContainText(/Next: (today|tomorrow), \d\d:\d\d/);

  await dataset.choose('Fixed times');
  const first = dataset.schedule.getByRole('textbox', { name: 'Time 1' });
  await first.fill('730');
  await first.press('Enter');
  await expect(first).toHaveValue('07:30');
  await dataset.schedule.getByRole('button', { name: 'Add a time' }).click();
  await expect(dataset.schedule.getByRole('textbox', { name: 'Time 2' })).toHaveValue('08:00');
  await page.goto('about:blank');
  await program.stop();

  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await new Frame(page).go(`dataset/${loaded.datasetId}`);
  await expect(dataset.choice('Fixed times')).toBeChecked();
  await expect(first).toHaveValue('07:30');
  await expect(dataset.schedule.getByRole('textbox', { name: 'Time 2' })).toHaveValue('08:00');
  await dataset.schedule.getByRole('switch', { name: 'Refresh by itself' }).click();
  await expect(dataset.schedule).toContainText('Only when you ask for it');
  await expect(dataset.choice('Manual')).toBeChecked();
});

test('each refresh has its line with counts, its details, its bar, its notice, and its line in the file', async ({ page, program, loaded }) => {
  const dataset = await open(page, program, loaded);
  await expect(dataset.history.getByRole('row', { name: /First load Completed/ })).toBeVisible();
  const changes = await dataset.newestChanges();
  const [[, , , , added = ''] = []] = await dataset.runs();
  const sum = Object.values(changes).reduce((total, [a = 0]) => total + a, 0);
  expect(sum).toBeGreaterThan(10_000);
  expect(added.split(' / ')[0]).toBe(`+${sum.toLocaleString('en-GB')}`);
  expect(changes['Work items']?.[0]).toBeGreaterThan(1000);
  await dataset.history.getByRole('button', { name: /^Details of/ }).first().click();

  await dataset.refresh();
  const [newest = []] = await dataset.runs();
  expect(newest[1]).toBe('On demand');
  expect(newest[2]).toBe('Completed');
  expect(newest[4], 'nobody worked meanwhile').toBe('+0 / 0 / 0');
  expect(Number(newest[5])).toBeGreaterThan(0);
  await expect(dataset.last.getByRole('img', { name: /^Seconds of the last 1 refreshes/ })).toBeVisible();
  await expect(dataset.last).toContainText(/Today, \d\d:\d\d/);

  const { name, rows } = await dataset.exportHistory();
  expect(name).toBe('Lumen-refresh-history.csv');
  expect(rows.map((row) => [row[2], row[3]])).toEqual([['Type', 'Status'], ['On demand', 'Completed'], ['First load', 'Completed']]);
  expect(Number(rows[2]?.[5])).toBe(sum);

  await page.getByRole('button', { name: 'Notifications, 1 new' }).click();
  const notices = page.getByRole('list', { name: 'Notifications' });
  await expect(notices.getByRole('link')).toHaveText(/Lumen is refreshed/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

/** The begin of the two years that are loaded unless a person says otherwise. */
function windowBegin(): Date {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 24, today.getUTCDate()));
}

/** How many work items there are in all, and how many commits of the last two years, counted from the REST protocol alone. */
async function counted(sample: SampleOrganization): Promise<{ workItems: number; commits: number }> {
  const projects = await sample.ask<{ value: { name: string }[] }>('_apis/projects?api-version=7.1');
  let workItems = 0;
  let commits = 0;
  for (const { name } of projects.value) {
    const query = `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '${name}'`;
    workItems += (await sample.ask<{ workItems: unknown[] }>('_apis/wit/wiql?api-version=7.1', { query })).workItems.length;
    const repositories = await sample.ask<{ value: { id: string; isDisabled?: boolean }[] }>(`${encodeURIComponent(name)}/_apis/git/repositories?api-version=7.1`);
    for (const repository of repositories.value.filter((r) => !r.isDisabled)) commits += await commitsOf(sample, name, repository.id);
  }
  return { workItems, commits };
}

async function commitsOf(sample: SampleOrganization, project: string, repository: string): Promise<number> {
  const base = `${encodeURIComponent(project)}/_apis/git/repositories/${repository}`;
  const since = windowBegin();
  const ids = new Set<string>();
  const branches = await sample.ask<{ value: { name: string }[] }>(`${base}/refs?filter=heads/&api-version=7.1`);
  for (const branch of branches.value) {
    for (let skip = 0; ; skip += 500) {
      const version = encodeURIComponent(branch.name.replace('refs/heads/', ''));
      const page = await sample.ask<{ value: { commitId: string; committer: { date: string } }[] }>(
        `${base}/commits?searchCriteria.itemVersion.versionType=branch&searchCriteria.itemVersion.version=${version}&searchCriteria.$top=500&searchCriteria.$skip=${skip}&api-version=7.1`,
      );
      for (const commit of page.value) if (new Date(commit.committer.date) >= since) ids.add(commit.commitId);
      if (page.value.length < 500) break;
    }
  }
  return ids.size;
}

test('Check now asks the server, and every kind of row that it was asked about is there', async ({ page, program, loaded, sample }) => {
  const dataset = await open(page, program, loaded);
  await expect(dataset.proof).toContainText('Check now asks the server how many rows it has');
  const proof = await dataset.check();
  const known = Object.entries(proof).filter(([, row]) => row.state !== 'Not asked');
  expect(known.length).toBeGreaterThan(5);
  for (const [name, row] of known) expect(row, name).toMatchObject({ server: row.held, state: 'Equal' });
  const truth = await counted(sample);
  expect(proof['Work items']?.server).toBe(truth.workItems.toLocaleString('en-GB'));
  expect(proof['Git commits']?.held).toBe(truth.commits.toLocaleString('en-GB'));
  await expect(dataset.proof).toContainText(/Asked with \d+ requests, all answered as Mira Okafor/);

  // The proof is kept, and says when it was made.
  await page.reload();
  await expect(dataset.proof).toContainText(/rows held here, today, \d\d:\d\d/);
  await expect(dataset.proof.getByRole('row', { name: /^Work items / })).toContainText('Equal');
});

test('everything is loaded again beside the present file, which stays open, and the numbers stay', async ({ page, program, loaded }) => {
  const dataset = await open(page, program, loaded);
  const before = await dataset.check();
  await dataset.openMenu('Reload everything');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('second file');
  await dialog.getByRole('button', { name: 'Reload everything' }).click();
  await expect(page.getByRole('heading', { name: 'Loading sample again, in full' })).toBeVisible();
  const frame = new Frame(page);
  await expect(page).toHaveURL(/#\/dashboard\//, { timeout: 60_000 });
  await frame.go(`dataset/${loaded.datasetId}`);
  await expect(dataset.history.getByRole('row', { name: /Full reload Completed/ })).toBeVisible();
  expect(await dataset.check()).toEqual(before);
});

test('parameters can be changed afterwards: what is not ticked is not asked for any more, and stays readable', async ({ page, program, loaded }) => {
  const dataset = await open(page, program, loaded);
  await expect(dataset.fact('Loads')).toHaveText('Everything; back 2 years');
  await dataset.connection.getByRole('button', { name: 'Edit parameters' }).click();
  const dialog = page.getByRole('dialog');
  for (const name of ['Git', 'Pull requests', 'Pipelines', 'TFVC']) await dialog.getByRole('checkbox', { name, exact: true }).uncheck();
  await dialog.getByRole('combobox', { name: 'History' }).selectOption('1 year');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It takes effect at the next refresh.')).toBeVisible();
  await expect(dataset.fact('Loads')).toHaveText('Work items, Tests; back 1 year');
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await expect(dataset.history.getByRole('row', { name: /On demand Completed/ })).toBeVisible({ timeout: 40_000 });
  await new Frame(page).go(`loading/${loaded.datasetId}`);
  await expect(page.getByRole('table', { name: 'Steps of the load' }).locator('tbody th')).toHaveText([
    'Projects, teams, sprints', 'Work items', 'Work item history', 'Links', 'Test runs', 'Computing measures',
  ]);
});
