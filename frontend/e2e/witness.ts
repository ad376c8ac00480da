// Watches a page for what data that attacks would make it do: run a script, ask somebody, open something,
// become an element.
import { expect, type Page } from '@playwright/test';

/** What the sample's hostile scripts set in the window that runs them. */
const mark = 'sightlineHostile';

export class Witness {
  private readonly seen: string[] = [];

  private constructor(private readonly page: Page) {
    page.on('dialog', (d) => { this.seen.push(`a dialog: ${d.message()}`); void d.dismiss(); });
    page.context().on('page', (p) => this.seen.push(`a window: ${p.url()}`));
    page.on('framenavigated', (f) => { if (f !== page.mainFrame()) this.seen.push(`a frame: ${f.url()}`); });
    page.context().on('request', (r) => { if (!this.own(r.url())) this.seen.push(`a request: ${r.url()}`); });
    page.context().on('requestfailed', (r) => { if (!this.own(r.url())) this.seen.push(`a request that failed: ${r.url()}`); });
  }

  /** Watches from now on, also every element that is there for a moment only. */
  static async of(page: Page): Promise<Witness> {
    const witness = new Witness(page);
    await page.addInitScript(watchElements);
    return witness;
  }

  private own(url: string): boolean {
    const { protocol, hostname } = new URL(url);
    return protocol === 'data:' || protocol === 'blob:' || hostname === '127.0.0.1';
  }

  /** Expects that nothing was run, asked or made up to now. */
  async expectHarmless(where: string): Promise<void> {
    const found = await this.page.evaluate((name) => {
      const w = window as unknown as Record<string, unknown>;
      return { ran: w[name], made: w['madeOfData'] as string[], looked: w['elementsLookedAt'] as number };
    }, mark);
    expect(found.looked, `${where}: the elements were looked at`).toBeGreaterThan(20);
    expect({ ran: found.ran, made: found.made, seen: this.seen }, where).toEqual({ ran: undefined, made: [], seen: [] });
  }
}

// Runs in the page, before its own scripts.
function watchElements(): void {
  const w = window as unknown as { madeOfData: string[]; elementsLookedAt: number };
  w.madeOfData = [];
  w.elementsLookedAt = 0;
  const foreign = (e: Element): boolean => {
    const address = (name: string) => e.getAttribute(name) ?? '';
    if (/^(iframe|object|embed|base|applet|frame)$/i.test(e.localName)) return true;
    if (e.localName === 'script' && !/^\.?\/[\w./-]+$/.test(address('src'))) return true;
    if (e.localName === 'meta' && e.hasAttribute('http-equiv')) return true;
    if (e.localName === 'style' && (e.textContent ?? '').includes('display:none!important')) return true;
    if (['src', 'href', 'xlink:href', 'action', 'formaction', 'srcdoc'].some((name) => /^\s*javascript:|hostile\.invalid/i.test(address(name)) || (name === 'src' && address(name) === 'x'))) return true;
    return e.getAttributeNames().some((name) => name.startsWith('on'));
  };
  const look = (node: Node) => {
    if (!(node instanceof Element)) return;
    for (const e of [node, ...node.querySelectorAll('*')]) {
      w.elementsLookedAt++;
      if (foreign(e)) w.madeOfData.push(e.outerHTML.slice(0, 200));
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach(look);
      if (change.type === 'attributes') look(change.target);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
}
