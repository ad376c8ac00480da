// A visual of a report page or a tile of a dashboard, as a person reads and uses it.
import { type Download, expect, type Locator, type Page } from '@playwright/test';

export class VisualOnScreen {
  readonly root: Locator;
  readonly grid: Locator;
  constructor(private readonly page: Page, title: string) {
    this.root = page.getByRole('figure', { name: title, exact: true });
    this.grid = this.root.getByRole('grid');
  }

  /** The marks of a drawing: bars and their parts, columns, points. */
  marks(): Locator { return this.root.getByRole('option'); }

  /** The mark whose spoken name begins with these words. */
  mark(name: string | RegExp): Locator { return this.root.getByRole('option', { name }); }

  /** The big number of a card, with what it is a part of: "21 of 126". */
  figure(): Locator { return this.root.locator('[class*="value"]').first(); }

  async tool(name: string): Promise<void> {
    await this.root.hover();
    await this.root.getByRole('button', { name, exact: true }).click();
    await this.page.mouse.move(0, 0);
  }

  async showAsTable(): Promise<void> { await this.tool('Show as a table'); }

  /** The rows of its grid as whole texts (a cell that is cut has its text as title), all of them: the grid draws only what is in view, so it is scrolled through. */
  async rows(): Promise<string[][]> {
    await expect(this.grid).toBeVisible();
    const count = Number(await this.grid.getAttribute('aria-rowcount')) - 1;
    const seen = new Map<number, string[]>();
    for (let from = 0; seen.size < count; from += 4) {
      const drawn = await this.grid.locator('tbody tr[aria-rowindex]').evaluateAll((rows) =>
        rows.map((row): [number, string[]] => [Number(row.getAttribute('aria-rowindex')), [...row.querySelectorAll('td')].map((td) => td.title || td.innerText.trim())]),
      );
      for (const [at, cells] of drawn) seen.set(at, cells);
      if (from > count) throw new Error(`${seen.size} of ${count} rows could be seen`);
      await this.grid.evaluate((grid, top) => { if (grid.parentElement) grid.parentElement.scrollTop = top; }, (from + 4) * 28);
    }
    return [...seen].sort((a, b) => a[0] - b[0]).map(([, cells]) => cells);
  }

  async heads(): Promise<string[]> { return this.grid.locator('thead th').allInnerTexts(); }

  /** Saves what it shows and returns the file's name and text. */
  async exportCsv(): Promise<{ name: string; text: string }> {
    const saved = this.page.waitForEvent('download');
    await this.tool('Export as CSV');
    return fileOf(await saved);
  }
}

/** The name and the text of a file that the page gave to the browser. */
export async function fileOf(saved: Download): Promise<{ name: string; text: string }> {
  const text: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) text.push(chunk as Buffer);
  return { name: saved.suggestedFilename(), text: Buffer.concat(text).toString('utf8') };
}

/** The lines of a CSV file as RFC 4180 writes them. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text.charAt(i + 1) === '"') { cell += '"'; i++; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  return rows;
}
