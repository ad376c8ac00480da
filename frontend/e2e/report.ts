// A report page: slicers, the line that restates the selection, visuals.
import { expect, type Locator, type Page } from '@playwright/test';
import { VisualOnScreen } from './visual';

export class ReportOnScreen {
  readonly restatement: Locator;
  readonly reset: Locator;
  constructor(readonly page: Page) {
    this.restatement = page.locator('main').getByRole('status').first();
    this.reset = page.getByRole('button', { name: 'Reset to default' });
  }

  /** Waits until the page shows numbers and asks for none. */
  async settled(): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: 'Open Bug Status' })).toBeVisible();
    await expect(this.page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await expect(this.visual('Open bugs').figure()).toHaveText(/\d/);
  }

  visual(title: string): VisualOnScreen { return new VisualOnScreen(this.page, title); }

  slicer(title: string): Locator { return this.page.getByRole('group', { name: 'Slicers' }).getByRole('button', { name: new RegExp(`^${title} `) }); }

  /** Ticks or unticks members of a slicer. */
  async slice(title: string, ...members: string[]): Promise<void> {
    await this.slicer(title).click();
    const list = this.page.getByRole('listbox', { name: title, exact: true });
    for (const member of members) await list.getByRole('option', { name: member, exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
    await this.settled();
  }

  /** The numbers of the four cards, as they stand. */
  async cards(): Promise<string[]> {
    const out: string[] = [];
    for (const title of ['Open bugs', 'Proposed', 'In progress', 'Resolved']) {
      out.push((await this.visual(title).figure().innerText()).replace(/\s*of\s*/, ' of ').trim());
    }
    return out;
  }
}
