// The browser a person uses every day, and a program that signs in with it the old way: it opens one more tab of
// that browser and takes whoever comes back.
import { chromium, type BrowserContext, type Cookie, type Page } from '@playwright/test';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { SampleOrganization } from './sample';

/** A running Chromium with a profile that stays, as a person has one. */
export class DailyBrowser {
  private constructor(private readonly folder: string, readonly context: BrowserContext) {}

  static async start(): Promise<DailyBrowser> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sightline-e2e-daily-'));
    return new DailyBrowser(folder, await chromium.launchPersistentContext(folder, {
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    }));
  }

  async open(address: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(address);
    return page;
  }

  /** What it remembers about who is signed in. */
  async session(): Promise<Pick<Cookie, 'name' | 'value' | 'path' | 'expires'>[]> {
    const all = await this.context.cookies();
    return all.filter((c) => c.name === 'SAMPLEAUTHPERSISTENT').map((c) => ({ name: c.name, value: c.value, path: c.path, expires: c.expires }));
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** What an organization answers to a token. */
export interface Answered { status: number; body: string; seenAs: string }

/** A program of 2015: no profile of its own, no expected person, no check of who came back. */
export class OldProgram {
  private readonly waiting = new Map<string, (answer: URLSearchParams) => void>();
  private constructor(private readonly sample: SampleOrganization, private readonly server: http.Server, private readonly tenant: string) {}

  static async start(sample: SampleOrganization): Promise<OldProgram> {
    const server = http.createServer();
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const program = new OldProgram(sample, server, sample.organization('sample').tenant);
    server.on('request', (asked, answer) => {
      const query = new URL(asked.url ?? '/', 'http://localhost').searchParams;
      answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Back in the program</h1>');
      program.waiting.get(query.get('state') ?? '')?.(query);
    });
    return program;
  }

  private get redirect(): string { return `http://localhost:${(this.server.address() as AddressInfo).port}/`; }

  /** Begins a sign-in: the address to open, and the answer once somebody came back. */
  begin(extra: Record<string, string> = {}): { address: string; token: Promise<string> } {
    const state = randomBytes(16).toString('hex');
    const verifier = randomBytes(48).toString('base64url');
    const query = new URLSearchParams({
      client_id: this.sample.announcement.clientId, response_type: 'code', redirect_uri: this.redirect, response_mode: 'query', state,
      scope: 'openid profile offline_access 499b84ac-1321-427f-aa17-267ca6975798/.default',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', ...extra,
    });
    const came = new Promise<URLSearchParams>((resolve) => { this.waiting.set(state, resolve); });
    return { address: this.endpoint('authorize', `?${query.toString()}`), token: came.then((answer) => this.redeem(answer, verifier)) };
  }

  private endpoint(name: string, query = ''): string {
    return `${this.sample.announcement.authority}/${this.tenant}/oauth2/v2.0/${name}${query}`;
  }

  private async redeem(answer: URLSearchParams, verifier: string): Promise<string> {
    const code = answer.get('code');
    if (!code) throw new Error(`${answer.get('error')}: ${answer.get('error_description')}`);
    const given = await fetch(this.endpoint('token'), {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: this.sample.announcement.clientId, code, redirect_uri: this.redirect, code_verifier: verifier }),
    });
    const tokens = await given.json() as { access_token?: string; error_description?: string };
    if (!tokens.access_token) throw new Error(tokens.error_description ?? 'no token');
    return tokens.access_token;
  }

  /** Asks the organization for its projects, as whoever came back. */
  async load(token: string): Promise<Answered> {
    const answer = await fetch(`${this.sample.url}/_apis/projects?api-version=7.1`, { headers: { Authorization: `Bearer ${token}`, 'X-TFS-FedAuthRedirect': 'Suppress' } });
    return { status: answer.status, body: await answer.text(), seenAs: answer.headers.get('X-VSS-UserData')?.split(':')[1] ?? '' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
