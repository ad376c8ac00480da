// The sample organization as a server of its own, and a plain client of its REST protocol: the other side
// that expected numbers come from.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

/** What `sightline sample serve` prints. */
interface Announcement {
  organizationUrl: string;
  authority: string;
  clientId: string;
  personalAccessToken: string;
  controlToken: string;
  organizations: Organization[];
}

/** One organization of the sample: `sample` itself, and `quayside`, `fischer` and `opencharts` beside it. */
export interface Organization { name: string; url: string; authority: string; tenant: string; directory: string; personalAccessToken: string; member: string }

/** What the sign-in pages noted: `asked` when a password was asked for, `silent` when the browser's session did. */
export interface SignInEvent { kind: string; person: string; tenant: string; session: string; code?: number }

export const password = 'lumen-sample';

/** The people of the sample, by how they stand to the organization. */
export const people = {
  member: { name: 'Mira Okafor', address: 'mira.okafor@lumen.example' },
  anotherMember: { name: 'Elias Brandt', address: 'elias.brandt@lumen.example' },
  guest: { name: 'Priya Nair', address: 'priya.nair@quayside.example' },
  noMember: { name: 'Sofia Lindqvist', address: 'sofia.lindqvist@lumen.example' },
  neverInvited: { name: 'Marcus Hale', address: 'marcus.hale@quayside.example' },
  personal: { name: 'Jo Fischer', address: 'jo.fischer@personal.example' },
} as const;

export class SampleOrganization {
  private constructor(private readonly binary: string, private readonly child: ChildProcess, readonly announcement: Announcement) {}

  static async start(binary: string, ...args: string[]): Promise<SampleOrganization> {
    const child = spawn(binary, ['sample', 'serve', '--seed', '1', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve, reject) => {
      child.on('exit', (status) => reject(new Error(`sightline sample serve ended with ${status}`)));
      child.on('error', reject);
      readline.createInterface({ input: child.stdout }).once('line', resolve);
    });
    return new SampleOrganization(binary, child, JSON.parse(line) as Announcement);
  }

  get url(): string { return this.announcement.organizationUrl; }
  get token(): string { return this.announcement.personalAccessToken; }

  /** One of the organizations beside it, by name. */
  organization(name: string): Organization {
    const found = this.announcement.organizations.find((o) => o.name === name);
    if (!found) throw new Error(`there is no organization ${name}`);
    return found;
  }

  /** These faults go wrong from now on, in place of those before; `sightline sample faults` lists them. */
  async faults(...names: string[]): Promise<void> { await this.control('faults', { names }); }

  /** What the sign-in pages noted so far, oldest first. */
  async events(): Promise<SignInEvent[]> { return (await this.control<{ events: SignInEvent[] }>('events', {})).events; }

  /** Every secret that was ever handed out, to search for where none may be. */
  async issued(): Promise<{ kind: string; value: string; person?: string }[]> { return (await this.control<{ secrets: { kind: string; value: string }[] }>('issued', {})).secrets; }

  private async control<T>(what: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/_sample/${what}`, {
      method: 'POST', headers: { Authorization: `Bearer ${this.announcement.controlToken}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
    return await answer.json() as T;
  }

  /** Lets further days of life pass. */
  advance(days: number): void {
    const run = spawnSync(this.binary, ['sample', 'advance', '--url', this.url, '--days', String(days), '--token-stdin'], { input: this.announcement.controlToken, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`sample advance ended with ${run.status}: ${run.stderr}`);
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill('SIGTERM');
    await gone;
  }

  /** GET or POST below the organization, as any program with the token would. */
  async ask<T>(where: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/${where}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`:${this.token}`).toString('base64')}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${where} answered ${answer.status}: ${await answer.text()}`);
    return await answer.json() as T;
  }
}

/** A data folder with the whole sample in it, and what `connect` said about it. */
export interface Loaded { dataDir: string; datasetId: string; dashboardId: string; reportId: string; name: string; projects: string[] }

/** Loads an organization with the verb; nobody needs to click for a test that only looks at screens. */
export async function connectBySample(binary: string, sample: SampleOrganization): Promise<Loaded> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'sightline-e2e-loaded-'));
  const run = spawnSync(binary, ['connect', '--url', sample.url, '--project', '*', '--name', 'Lumen', '--token-stdin', '--data-dir', dataDir, '--json'], {
    input: sample.token, encoding: 'utf8', env: { ...process.env, TZ: 'UTC' },
  });
  if (run.status !== 0) throw new Error(`connect ended with ${run.status}: ${run.stderr}`);
  return { dataDir, ...JSON.parse(run.stdout) as Omit<Loaded, 'dataDir'> };
}
