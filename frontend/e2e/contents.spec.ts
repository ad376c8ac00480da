// What to load: only what is ticked is asked for, and what cannot be read now is put off and said.
import { expectAccessible } from './accessible';
import { Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { expect, test } from './program';
import { Wire } from './wire';

const steps = ['Projects, teams, sprints', 'Work items', 'Work item history', 'Links', 'Git commits', 'Pull requests', 'Pipelines and runs', 'Test runs', 'TFVC changesets', 'Computing measures'];

test('only what is ticked is asked for, loaded, and asked of the account', async ({ app, sample }) => {
  const wire = await Wire.before(sample.url);
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  const boxes = dialog.root.getByRole('group', { name: 'What to load' });
  await expect(boxes.getByRole('checkbox')).toHaveCount(6);
  for (const name of ['Work items', 'Pull requests', 'Pipelines', 'Tests', 'TFVC', 'Git']) await boxes.getByRole('checkbox', { name, exact: true }).uncheck();
  await dialog.organization.fill(wire.url);
  await dialog.typePatterns('Lumen Web');
  await expect(dialog.alert).toHaveText('Tick at least one.');
  await expect(dialog.next).toBeDisabled();
  await boxes.getByRole('checkbox', { name: 'Work items', exact: true }).check();
  await boxes.getByRole('checkbox', { name: 'Git', exact: true }).check();
  await expect(dialog.root.getByRole('combobox', { name: 'History' })).toHaveValue(/^(24|0)$/);
  await dialog.root.getByRole('combobox', { name: 'History' }).selectOption('1 year');
  await dialog.next.click();
  await dialog.root.getByRole('combobox', { name: 'Authentication method' }).selectOption('token');
  await expect(dialog.root.getByRole('listitem').filter({ hasText: '(Read)' })).toHaveText(['Work Items (Read)', 'Project and Team (Read)', 'User Profile (Read)', 'Code (Read)']);
  await dialog.useToken(sample.token);
  await dialog.button('Continue as Mira Okafor').click();
  await dialog.button('Load 1 project').click();
  await expect(app.getByRole('heading', { name: 'sample is loaded' })).toBeVisible({ timeout: 40_000 });
  await expect(app.getByRole('table', { name: 'Steps of the load' }).locator('tbody th')).toHaveText([...steps.slice(0, 5), 'Computing measures']);
  await app.waitForURL(/#\/dashboard\//);

  const asked = wire.asked.map((where) => where.replace(/\?.*/, ''));
  expect(asked.some((where) => where.includes('/_apis/git/repositories'))).toBe(true);
  expect(asked.filter((where) => /\/_apis\/(build|test|tfvc|release|pipelines)\b|pullrequests/i.test(where))).toEqual([]);

  await new Frame(app).item('Datasets', 'sample').click();
  const dataset = new DatasetScreen(app);
  await expect(dataset.fact('Loads')).toHaveText('Work items, Git; back 1 year');
  await expect(dataset.fact('Projects')).toHaveText('Lumen Web 1 match today');
  await wire.close();
});

test('a part that cannot be read now is put off with its reason, a part that may not be read is listed, and the next refresh makes it whole', async ({ app, sample }) => {
  test.setTimeout(150_000);
  const wire = await Wire.before(sample.url);
  wire.make((where) => {
    if (/_apis\/test\/runs/i.test(where)) return { answer: { status: 503, headers: { 'Content-Type': 'text/plain' }, body: 'Service unavailable' } };
    return null;
  });
  const dialog = await new Gallery(app).connect('Azure DevOps Server');
  await dialog.fillParameters(wire.url, 'Lumen Web');
  await dialog.useToken(sample.token);
  await dialog.button('Continue as Mira Okafor').click();
  await dialog.button('Load 1 project').click();
  const put = app.getByRole('region', { name: /put off$/ });
  await expect(put).toBeVisible({ timeout: 100_000 });
  await expect(put).toContainText(/of Lumen Web/);
  await expect(put).toContainText('503');
  await expect(app.getByRole('row', { name: /not finished Test runs/ })).toBeVisible();
  const listed = app.getByRole('button', { name: /may not be read$/ });
  await listed.click();
  await expect(app.getByText(/disabled/).first()).toBeVisible();

  for (const theme of ['Light', 'Dark'] as const) {
    await new Frame(app).chooseTheme(theme);
    await expectAccessible(app, `a load with parts put off, ${theme.toLowerCase()}`);
  }

  wire.make(null);
  await app.getByRole('button', { name: /^(Try again|Continue)$/ }).first().click();
  await expect(app.getByRole('heading', { name: /^sample is (loaded|up to date)$/ })).toBeVisible({ timeout: 60_000 });
  await expect(put).toHaveCount(0);
  await new Frame(app).item('Datasets', 'sample').click();
  const dataset = new DatasetScreen(app);
  await expect.poll(async () => (await dataset.runs()).map((line) => line[2]?.split('\n')[0]))
    .toEqual(['Completed', expect.stringMatching(/^(Failed|Completed in part)$/)]);
  await wire.close();
});
