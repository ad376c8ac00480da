// Runs the real program for a test: `sightline serve` on an empty data folder, and a page that knows it.
import { test as base, expect, type Page } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { connectBySample, SampleOrganization, type Loaded } from './sample';

const root = path.resolve(import.meta.dirname, '../..');
/** The program under test. */
export const binary = path.join(root, 'build/bin/sightline-serve');

/** A running `sightline serve`, with folders of its own that nobody else uses. */
export class Program {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'sightline-e2e-'));
  private readonly cacheHome = path.join(this.folder, 'cache');
  readonly dataDir: string;
  private child: ChildProcess | undefined;
  private copied = false;

  /** On an empty data folder, or on one that is there. */
  constructor(dataDir?: string) { this.dataDir = dataDir ?? path.join(this.folder, 'data'); }

  /** What the program and its verbs find in their environment. No browser is opened unless a test says so. */
  environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
    return { ...process.env, TZ: 'UTC', XDG_CACHE_HOME: this.cacheHome, SIGHTLINE_DATA_DIR: this.dataDir, SIGHTLINE_BROWSER: 'none', ...more };
  }

  /** Starts it and returns the address to open, which works once. */
  async start(env: Record<string, string> = {}): Promise<string> {
    const child = spawn(binary, ['serve'], { env: this.environment(env), stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    return new Promise((resolve, reject) => {
      child.on('exit', (status) => reject(new Error(`sightline serve ended with ${status}`)));
      child.on('error', reject);
      readline.createInterface({ input: child.stdout }).on('line', (line) => {
        const url = /^Open (http:\S+)/.exec(line)?.[1];
        if (url) resolve(url);
      });
    });
  }

  /** Ends it: SIGKILL is a power cut, SIGTERM a person who closes it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill(signal);
    await gone;
  }

  /** Begins with a copy of what was loaded before, so that a test of screens need not load again. */
  startFrom(loaded: Loaded): void {
    this.copied = true;
    cpSync(loaded.dataDir, this.dataDir, { recursive: true });
  }

  /** The throw-away browser profiles that exist now. */
  profiles(): string[] {
    const folder = path.join(this.cacheHome, 'sightline', 'sign-in');
    return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.lock')).map((name) => path.join(folder, name)) : [];
  }

  /** The process of a browser that the program started: the one that was given a throw-away profile. */
  browserProcess(): number {
    const browser = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).find((pid) => {
      const line = commandLine(pid);
      return line.some((arg) => arg.startsWith(`--user-data-dir=${this.cacheHome}`)) && !line.some((arg) => arg.startsWith('--type='));
    });
    if (!browser) throw new Error('no browser of this program is running');
    return Number(browser);
  }

  /** The sealed sign-ins and the dataset files that rest in the data folder. */
  stored(): string[] {
    const files = (folder: string, ending: string) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : []);
    // The vault's own name and lock, and the secret of the embedded sample organization, which is nobody's sign-in.
    const own = new Set(['vault.name', 'vault.lock', 'sample-organization.sealed']);
    return [...files(path.join(this.dataDir, 'sign-ins'), '').filter((name) => !own.has(name)), ...files(path.join(this.dataDir, 'datasets'), '')];
  }

  /** Deletes every dataset and signs everybody out as a person does, because the key of each sign-in rests in the keyring of this computer. */
  private async forgetEverything(): Promise<void> {
    const address = new URL(await this.start());
    const opened = await fetch(address, { redirect: 'manual' });
    const headers = { Cookie: opened.headers.getSetCookie().map((c) => c.split(';')[0]).join('; '), Origin: address.origin, 'Content-Type': 'application/json' };
    const call = async <T>(method: string, ...args: unknown[]): Promise<T> => {
      const answer = await fetch(new URL(`/call/${method}`, address), { method: 'POST', headers, body: JSON.stringify(args) });
      if (!answer.ok) throw new Error(`${method} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json() as { result: T }).result;
    };
    for (const { id } of (await call<{ datasets: { id: string }[] }>('Shell/State')).datasets) await call('Datasets/Delete', id);
    for (const { key } of (await call<{ accounts: { key: string }[] }>('Accounts/List')).accounts) await call('Accounts/SignOut', key, []);
    await this.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    // A copy shares its keys with the folder it came from, which forgets them itself.
    if (!this.copied && this.stored().some((name) => name.endsWith('.sealed'))) await this.forgetEverything();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

// A process may end while it is looked at.
function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

interface Fixtures {
  /** The program, not started yet. */
  program: Program;
  /** A page on a freshly started program. */
  app: Page;
}
interface WorkerFixtures {
  /** A sample organization on its own port that nobody stops. */
  sample: SampleOrganization;
  /** A data folder into which that organization was loaded by the verb `connect`. */
  loaded: Loaded;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  program: async ({}, use) => {
    const program = new Program();
    await use(program);
    await program.remove();
  },
  // Anything that a page logs as an error fails its test; a broken Content-Security-Policy is logged as one.
  // It names the program, and so is put away before it.
  page: async ({ page, program }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (e) => errors.push(e.message));
    // A wrong passphrase is answered 403, which the browser logs by itself.
    const wrongPassphrase = (text: string, url: string) => text.includes(' 403 ') && url.endsWith('/api/passphrase');
    page.on('console', (m) => { if (m.type() === 'error' && !wrongPassphrase(m.text(), m.location().url)) errors.push(`${m.text()} ${m.location().url}`); });
    await use(page);
    expect(errors, `the page on ${program.dataDir} logged no error`).toEqual([]);
  },
  app: async ({ page, program }, use) => {
    await page.goto(await program.start());
    await use(page);
  },
  sample: [async ({}, use) => {
    const sample = await SampleOrganization.start(binary);
    await use(sample);
    await sample.stop();
  }, { scope: 'worker' }],
  loaded: [async ({ sample }, use) => {
    const loaded = await connectBySample(binary, sample);
    await use(loaded);
    await new Program(loaded.dataDir).remove();
    rmSync(loaded.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }, { scope: 'worker' }],
});
export { expect };
