// The frame of the window: bar, navigation, account.
import { expect, type Locator, type Page } from '@playwright/test';

export type Kind = 'Dashboards' | 'Reports' | 'Datasets';

export class Frame {
  readonly navigation: Locator;
  constructor(readonly page: Page) {
    this.navigation = page.getByRole('navigation', { name: 'Navigation' });
  }

  /** The items of a kind in the navigation. */
  items(kind: Kind): Locator { return this.navigation.getByRole('list', { name: kind }).getByRole('link'); }

  item(kind: Kind, name: string): Locator { return this.items(kind).filter({ hasText: name }); }

  /** The yellow asterisk of an item that was never opened. */
  asterisk(kind: Kind, name: string): Locator { return this.item(kind, name).getByRole('img', { name: 'new' }); }

  /** Nothing was connected: no item, and the account menu still offers to sign in. True behind a dialog too. */
  async expectEmpty(): Promise<void> {
    const navigation = this.page.getByRole('navigation', { name: 'Navigation', includeHidden: true });
    await expect(navigation.getByText('None yet')).toHaveCount(2);
    await expect(navigation.getByText('Appear here after Get Data')).toHaveCount(1);
    await expect(this.page.getByRole('banner', { includeHidden: true }).getByText('Sign in', { exact: true })).toHaveCount(1);
  }

  /** Goes to a place by its address, as a bookmark does; the page is not loaded again. */
  async go(route: string): Promise<void> {
    await this.page.evaluate((hash) => { window.location.hash = hash; }, `#/${route}`);
  }

  async chooseTheme(theme: 'Light' | 'Dark'): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click();
    await this.page.getByRole('menuitemradio', { name: theme }).click();
    await this.page.keyboard.press('Escape');
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }
}
