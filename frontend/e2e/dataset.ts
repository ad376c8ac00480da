// The screen of a dataset: its cards, as a person reads and uses them.
import { expect, type Locator, type Page } from '@playwright/test';
import { csvRows, fileOf } from './visual';

export class DatasetScreen {
  readonly connection: Locator;
  readonly schedule: Locator;
  readonly last: Locator;
  readonly history: Locator;
  readonly proof: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    const card = (name: string) => main.getByRole('region', { name, exact: true });
    this.connection = card('Connected as');
    this.schedule = card('Schedule');
    this.last = card('Last refresh');
    this.history = card('Refresh history');
    this.proof = card('Proof of load');
  }

  /** A name-value row of the connection card. */
  fact(name: string): Locator {
    return this.connection.locator('dl > div').filter({ has: this.page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd');
  }

  choice(name: string): Locator { return this.schedule.getByRole('radio', { name, exact: true }); }

  /** The radio buttons lie under the drawn choice, which lets every press through. */
  async choose(name: string): Promise<void> {
    await this.choice(name).check({ force: true });
  }

  async openMenu(item: string): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: 'More options', exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The cells of the lines of the history, newest first: start, type, status, time, rows, calls. */
  async runs(): Promise<string[][]> {
    await expect(this.history.locator('tbody > tr').first()).toBeVisible(); // every dataset has a first load
    return this.history.locator('tbody > tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim())));
  }

  /** Presses Refresh now and waits for the line of history that it makes. */
  async refresh(): Promise<void> {
    await expect(this.history.locator('tbody > tr').first()).toBeVisible();
    const before = await this.history.locator('tbody > tr').count();
    await this.page.getByRole('button', { name: 'Refresh now' }).click();
    await expect(this.history.locator('tbody > tr')).toHaveCount(before + 1);
    await expect(this.history.getByText('Running')).toHaveCount(0, { timeout: 40_000 });
  }

  /** Opens the details of the newest refresh and returns what they count by kind of row: added, changed, deleted. */
  async newestChanges(): Promise<Record<string, number[]>> {
    await this.history.getByRole('button', { name: /^Details of/ }).first().click();
    const rows = await this.history.locator('table table tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
    return Object.fromEntries(rows.map(([name = '', ...counts]) => [name, counts.map((n) => Number(n.replaceAll(',', '')))]));
  }

  async exportHistory(): Promise<{ name: string; rows: string[][] }> {
    const saved = this.page.waitForEvent('download');
    await this.history.getByRole('button', { name: 'Export the refresh history' }).click();
    const { name, text } = await fileOf(await saved);
    return { name, rows: csvRows(text) };
  }

  /** Asks the server and returns the proof: kind of row → what the server says, what is held, and the verdict. */
  async check(): Promise<Record<string, { server: string; held: string; state: string }>> {
    // The button carries its old name, and the table its old rows, for a moment after the click: the answer is awaited first.
    const answered = this.page.waitForResponse((r) => r.url().endsWith('/call/Datasets/Verify'), { timeout: 60_000 });
    await this.proof.getByRole('button', { name: 'Check now' }).click();
    await answered;
    await expect(this.proof.getByRole('button', { name: 'Check now' })).toBeVisible();
    await expect(this.proof.getByRole('alert')).toHaveCount(0);
    const others = this.proof.getByRole('button', { name: /^Show \d+ more, all equal$/ });
    if (await others.isVisible()) await others.click();
    const rows = await this.proof.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => [row.querySelector('th')?.firstChild?.textContent ?? '', ...[...row.querySelectorAll('td')].map((td) => td.innerText.trim())]),
    );
    return Object.fromEntries(rows.map(([name = '', server = '', held = '', state = '']) => [name, { server, held, state }]));
  }
}
