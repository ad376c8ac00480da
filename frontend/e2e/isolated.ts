// The window of a real browser that Sightline starts for a sign-in: how a test gets into it.
import { chromium, expect, type Browser } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './program';
import { SignInPages } from './provider';

/** Lets Sightline start a real Chromium that a test can look into. */
export const realChromium = {
  SIGHTLINE_BROWSER: '/usr/bin/chromium',
  SIGHTLINE_BROWSER_ARGS: '--headless=new --remote-debugging-port=0 --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync',
};

export class IsolatedWindow {
  private constructor(private readonly browser: Browser, readonly pages: SignInPages) {}

  /** The one window that is open now, once it shows a page of the sign-in. */
  static async of(program: Program): Promise<IsolatedWindow> {
    await expect.poll(() => program.profiles().length, 'one throw-away profile exists').toBe(1);
    const files = (folder: string) => [path.join(folder, 'profile', 'DevToolsActivePort'), path.join(folder, 'DevToolsActivePort')];
    const found = () => program.profiles().flatMap(files).find((f) => existsSync(f));
    await expect.poll(found, 'the browser names its debugging port').toBeTruthy();
    const port = readFileSync(found() ?? '', 'utf8').split('\n')[0];
    // Attaching to a browser whose first page is still on its way can hang for ever.
    const targets = () => fetch(`http://127.0.0.1:${port}/json/list`).then((r) => r.json() as Promise<{ url: string }[]>, () => []);
    await expect.poll(async () => (await targets()).some((t) => t.url.includes('/identity/')), { message: 'the window shows the sign-in page', timeout: 40_000 }).toBe(true);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const shown = () => browser.contexts().flatMap((context) => context.pages()).find((p) => p.url().includes('/identity/'));
    await expect.poll(shown, 'the sign-in page is open in that window').toBeTruthy();
    const page = shown();
    if (!page) throw new Error('the sign-in page was closed');
    return new IsolatedWindow(browser, new SignInPages(page));
  }

  /** Waits until Sightline has closed the window and removed its profile. */
  async gone(program: Program): Promise<void> {
    await expect.poll(() => program.profiles(), { message: 'the window is closed and its profile removed', timeout: 15_000 }).toEqual([]);
    await this.browser.close().catch(() => undefined);
  }
}
