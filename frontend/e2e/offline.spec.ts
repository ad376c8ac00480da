// Without the organization: what was loaded opens, a refresh says why it cannot, the data stays.
import { Frame } from './frame';
import { binary, expect, test } from './program';
import { ReportOnScreen } from './report';
import { SampleOrganization } from './sample';
import { answerOf } from './verbs';
import { VisualOnScreen } from './visual';

test('the organization is gone: pages open, the refresh is refused with a sentence, the numbers stay', async ({ page, program }) => {
  const sample = await SampleOrganization.start(binary);
  await answerOf(['connect', '--url', sample.url, '--project', '*', '--name', 'Lumen', '--token-stdin', '--json'], { env: program.environment(), input: sample.token });
  await sample.stop();

  await page.goto(await program.start());
  await expect(page).toHaveURL(/#\/dashboard\//);
  const card = new VisualOnScreen(page, 'Active bugs').figure();
  await expect(card).toHaveText(/^\d+$/);
  const before = await card.innerText();
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await expect(page.getByText('The refresh of Lumen stopped', { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(await card.innerText()).toBe(before);

  const frame = new Frame(page);
  await expect(frame.item('Datasets', 'Lumen').getByLabel('The last refresh failed')).toBeVisible();
  await frame.item('Datasets', 'Lumen').click();
  const host = new URL(sample.url).host;
  await expect(page.getByRole('alert')).toContainText('The last refresh failed');
  await expect(page.getByRole('alert')).toContainText(new RegExp(`${host}|sample`));
  await expect(page.getByRole('row', { name: /On demand Failed/ })).toBeVisible();

  await frame.item('Reports', 'Lumen').click();
  const report = new ReportOnScreen(page);
  await report.settled();
  await expect(report.visual('Oldest open bugs').grid).toBeVisible();
  // The screens of a new start need nobody either.
  await page.goto('about:blank');
  await program.stop();
  await page.goto(await program.start());
  await expect(card).toHaveText(before);
});
