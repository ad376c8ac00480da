// Get Data: the gallery of services and the connector's dialog, step by step.
import { expect, type Locator, type Page } from '@playwright/test';

export type Connector = 'Azure DevOps Services' | 'Azure DevOps Server' | 'Sample organization' | 'Sample, with sign-in';

export class Gallery {
  constructor(readonly page: Page) {}

  /** The dialog, whoever opened it. */
  get dialog(): ConnectDialog { return new ConnectDialog(this.page); }

  card(name: Connector): Locator { return this.page.getByRole('list', { name: 'Connectors' }).getByRole('button', { name }); }

  /** From anywhere: Get Data, Services, the card, Connect. */
  async connect(name: Connector): Promise<ConnectDialog> {
    await this.page.getByRole('link', { name: 'Get Data' }).first().click();
    await this.page.getByRole('button', { name: 'Get Services' }).click();
    await this.card(name).click();
    await this.page.getByRole('region', { name }).getByRole('button', { name: 'Connect' }).click();
    return new ConnectDialog(this.page);
  }
}

export class ConnectDialog {
  readonly root: Locator;
  readonly title: Locator;
  /** Organization, or the collection of a Server. */
  readonly organization: Locator;
  readonly projects: Locator;
  readonly next: Locator;
  readonly alert: Locator;
  readonly preview: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog');
    this.title = this.root.getByRole('heading', { level: 2 });
    this.organization = this.root.getByRole('textbox', { name: /^(Organization|Collection address)$/ });
    this.projects = this.root.getByRole('textbox', { name: 'Projects', exact: true });
    this.next = this.button('Next');
    this.alert = this.root.getByRole('alert');
    this.preview = this.root.getByRole('complementary', { name: 'Preview' });
  }

  /** An account of this computer in the second step, or "Use another account". */
  account(name: string): Locator { return this.root.getByRole('radio', { name, exact: true }); }

  get method(): Locator { return this.root.getByRole('combobox', { name: 'Authentication method' }); }

  get token(): Locator { return this.root.getByLabel('Personal access token', { exact: true }).last(); }

  /** Another way to sign in, before it begins. */
  async chooseWay(name: string): Promise<void> {
    await this.button('Sign in another way').click();
    await this.root.getByRole('radio', { name, exact: true }).check();
  }

  /** Another way to sign in, while one runs. */
  way(name: string): Locator { return this.root.getByRole('region', { name: 'Sign in another way' }).getByRole('button', { name }); }

  button(name: string | RegExp): Locator { return this.root.getByRole('button', { name, exact: true }); }

  /** The patterns that were taken, in their order. */
  async patterns(): Promise<string[]> {
    const names = await this.root.getByRole('button', { name: /^Remove / }).evaluateAll((all) => all.map((b) => b.getAttribute('aria-label') ?? ''));
    return names.map((name) => name.replace(/^Remove /, ''));
  }

  async typePatterns(text: string): Promise<void> {
    await this.projects.pressSequentially(text);
    await this.projects.press('Enter');
  }

  /** The way back to an organization of its own: its address, a pattern, Next. */
  async fillParameters(organization: string, patterns: string): Promise<void> {
    await this.organization.fill(organization);
    await this.typePatterns(patterns);
    await this.next.click();
  }

  /** The second step with a personal access token, which ends on a day or on one that nobody knows. */
  async useToken(token: string, ends?: string): Promise<void> {
    await this.method.selectOption('token');
    await this.token.fill(token);
    if (ends) await this.root.getByLabel('Ends on').fill(ends);
    else await this.root.getByRole('checkbox', { name: 'I do not know' }).check({ force: true });
    await this.button('Check the token').click();
  }

  /** The second step with OAuth at an authority that is not Microsoft's. */
  async useOAuth(how: { clientId: string; authority?: string; expect?: string }): Promise<void> {
    await this.method.selectOption('oauth');
    if (how.expect) await this.root.getByRole('textbox', { name: 'Expected person, if you know it' }).fill(how.expect);
    const clientId = this.root.getByRole('textbox', { name: 'Client ID' });
    if (!(await clientId.isVisible())) await this.button('Advanced').click();
    await clientId.fill(how.clientId);
    if (how.authority) await this.root.getByRole('textbox', { name: 'Authority' }).fill(how.authority);
    await this.button('Sign in').click();
  }

  /** The link that a person copies where no browser can be opened. */
  async link(): Promise<string> {
    await expect(this.root.getByText('Waiting for your browser')).toBeVisible();
    return (await this.root.locator('dd code').textContent()) ?? '';
  }

  /** The identity card of a person. */
  card(name: string, organization: string): Locator {
    return this.root.getByRole('region', { name: `Signed in as ${name} to organization ${organization}` });
  }

  /** A row of name and value on the card or in a refusal. */
  fact(name: string): Locator { return this.root.locator('dl > div').filter({ has: this.page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd'); }
}
