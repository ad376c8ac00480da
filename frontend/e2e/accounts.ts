// The account menu at the upper right and the dialog that signs out, as a person reads and uses them.
import type { Locator, Page } from '@playwright/test';
import type { ConnectDialog } from './connect';
import { signInAt } from './provider';

export class AccountMenu {
  readonly accounts: Locator;
  readonly connections: Locator;
  /** The dialog that asks before it signs out, and reports after. */
  readonly leaving: Locator;

  constructor(readonly page: Page) {
    const lists = page.getByRole('group', { name: 'Accounts on this computer' }).or(page.getByRole('dialog', { name: 'Accounts on this computer' })).getByRole('list');
    this.accounts = lists.first().getByRole('listitem');
    this.connections = lists.last().getByRole('link');
    this.leaving = page.getByRole('alertdialog');
  }

  async open(): Promise<void> { await this.page.getByRole('button', { name: /^Account of / }).click(); }

  account(address: string): Locator { return this.accounts.filter({ hasText: address }); }

  button(name: string | RegExp): Locator { return this.page.getByRole('button', { name }); }
}

/** Signs somebody in by the link of a dialog that offers accounts once there are some. */
export async function signInAs(dialog: ConnectDialog, address: string): Promise<void> {
  const browser = dialog.page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const another = dialog.root.getByRole('radio', { name: 'Use another account' });
  if (await another.isVisible()) await another.check({ force: true });
  await dialog.button('Sign in').click();
  await signInAt(browser, await dialog.link(), address);
}
