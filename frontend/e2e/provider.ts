// The sign-in pages of the sample's identity provider, as a person uses them in a browser of their own.
import type { Browser, Page } from '@playwright/test';
import { password } from './sample';

export class SignInPages {
  constructor(readonly page: Page) {}

  /** Opens the copied link in a browser that knows nobody. */
  static async open(browser: Browser, link: string): Promise<SignInPages> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    return new SignInPages(page);
  }

  async signIn(address: string): Promise<void> {
    await this.page.locator('#email').fill(address);
    await this.page.locator('#password').fill(password);
    await this.page.locator('button[name=do][value=signin]').click();
  }

  async accept(): Promise<void> { await this.page.locator('button[value=accept]').click(); }

  async decline(): Promise<void> { await this.page.locator('button[value=cancel]').click(); }

  async close(): Promise<void> { await this.page.context().close(); }
}

/** Signs a person in who accepts whatever is asked, and closes that browser. */
export async function signInAt(browser: Browser, link: string, address: string): Promise<void> {
  const pages = await SignInPages.open(browser, link);
  await pages.signIn(address);
  // Who accepted once is not asked again.
  const done = pages.page.getByRole('heading', { name: 'You are signed in' });
  await pages.page.locator('button[value=accept]').or(done).waitFor();
  if (!(await done.isVisible())) await pages.accept();
  await done.waitFor();
  await pages.close();
}
