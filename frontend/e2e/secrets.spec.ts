// Every secret that a directory ever handed out, searched for in everything that the whole program wrote, said or
// showed: over a sign-in, a load, renewals, exports, a crash and a sign-out.
import type { Page } from '@playwright/test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, filesHolding, holds } from './canary';
import { Gallery } from './connect';
import { DatasetScreen } from './dataset';
import { Frame } from './frame';
import { binary, expect, test } from './program';
import { signInAt } from './provider';
import { people, SampleOrganization } from './sample';
import { verb } from './verbs';
import { fileOf } from './visual';

/** What the program said: answers, events, exports and the output of verbs, each with its place. */
class Heard {
  readonly said: { where: string; text: string }[] = [];
  private readonly arriving: Promise<unknown>[] = [];

  add(where: string, text: string): void { this.said.push({ where, text }); }

  /** Listens to everything that the program sends to a page, its events too, and to what the page keeps. */
  async listenTo(page: Page): Promise<void> {
    await page.exposeFunction('heardEvent', (text: string) => this.add('an event', text));
    await page.addInitScript(() => {
      const w = window as unknown as { EventSource: typeof EventSource; heardEvent: (text: string) => void };
      w.EventSource = class extends EventSource {
        constructor(url: string | URL) {
          super(url);
          this.addEventListener('message', (e) => w.heardEvent(String(e.data)));
        }
      };
    });
    page.on('response', (r) => {
      if (new URL(r.url()).pathname === '/events') return; // it has no end
      this.add(`the address and the headers of ${r.url()}`, `${r.url()} ${JSON.stringify(r.headers())} ${JSON.stringify(r.request().headers())}`);
      this.arriving.push(r.text().then((text) => this.add(`the answer of ${r.url()}`, text), () => undefined));
    });
    page.on('console', (m) => this.add('the console of the page', m.text()));
  }

  async keptBy(page: Page): Promise<void> {
    this.add('what the page keeps', await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.documentElement.outerHTML));
  }

  async settled(): Promise<void> { await Promise.all(this.arriving); }
}

/** Collects the arguments and the environment of every process of this computer, while it runs. */
function watchProcesses(): { lines: Set<string>; stop: () => void } {
  const lines = new Set<string>();
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const file of ['cmdline', 'environ']) {
        try { lines.add(readFileSync(`/proc/${pid}/${file}`, 'latin1')); } catch { /* it has ended, or is another person's */ }
      }
    }
  };
  const timer = setInterval(look, 200);
  return { lines, stop: () => { clearInterval(timer); look(); } };
}

test('no secret of a directory is in a file, an answer, an event, an export, an output or a list of processes', async ({ page, program, browser }) => {
  test.setTimeout(240_000);
  const sample = await SampleOrganization.start(binary);
  const processes = watchProcesses();
  const heard = new Heard();
  await heard.listenTo(page);

  await page.goto(await program.start());
  const dialog = await new Gallery(page).connect('Azure DevOps Server');
  await dialog.fillParameters(sample.url, 'Tooling');
  await dialog.useOAuth({ clientId: sample.announcement.clientId });
  await signInAt(browser, await dialog.link(), people.member.address);
  await dialog.button(`Continue as ${people.member.name}`).click();
  await dialog.button('Load 1 project').click();
  await page.waitForURL(/#\/dashboard\//, { timeout: 60_000 });
  await heard.keptBy(page);

  // The service refuses the access token each time, so that each refresh renews it.
  const renewals = async () => (await sample.issued()).filter((s) => s.kind === 'refresh_token').length;
  for (const end of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
    await page.goto('about:blank');
    await program.stop(end);
    await sample.faults('expired-token');
    const before = await renewals();
    await page.goto(await program.start());
    const frame = new Frame(page);
    await page.waitForURL(/#\/dashboard\//);
    await frame.item('Datasets', 'Tooling').click();
    const dataset = new DatasetScreen(page);
    await dataset.refresh();
    await sample.faults();
    expect(await renewals(), `a refresh after ${end} renewed the sign-in`).toBeGreaterThan(before);
    if (end === 'SIGTERM') {
      heard.add('the saved history', JSON.stringify(await dataset.exportHistory()));
      await dataset.check();
    }
    await heard.keptBy(page);
  }
  // A crash in the middle of a refresh.
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.goto('about:blank'); // the refresh goes on without the page, which would log that it was cut off
  await program.stop('SIGKILL');
  const issued = async () => (await sample.issued()).filter((s) => s.value.length > 8);
  const nowhere = async (when: string) => {
    for (const secret of await issued()) {
      expect(filesHolding(path.dirname(program.dataDir), secret.value), `${when}: files with a secret of the kind ${secret.kind}`).toEqual([]);
    }
  };
  await nowhere('after a crash');

  await page.goto(await program.start());
  await page.waitForURL(/#\/dashboard\//);
  await page.getByRole('figure').first().hover();
  const saving = page.getByRole('figure').first().getByRole('button', { name: /^More options for/ });
  if (await saving.isVisible()) {
    await saving.click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
    heard.add('a saved visual', (await fileOf(await saved)).text);
  }
  await page.goto('about:blank');
  await program.stop();
  for (const args of [['accounts', '--json'], ['datasets', '--json'], ['refresh', '--due', '--json'], ['accounts', 'sign-out', people.member.address, '--json'], ['datasets', '--json']]) {
    const end = await verb(args, { env: program.environment() });
    heard.add(`sightline ${args.join(' ')}`, end.out + end.diag);
  }
  processes.stop();
  await heard.settled();
  await nowhere('after signing out');

  const secrets = await issued();
  expect([...new Set(secrets.map((s) => s.kind))], 'the directory handed these out').toEqual(expect.arrayContaining(['code', 'code_verifier', 'access_token', 'refresh_token', 'id_token']));
  expect(heard.said.filter(({ where }) => where === 'an event').length, 'events were heard').toBeGreaterThan(5);
  for (const secret of secrets) {
    expect(heard.said.filter(({ text }) => holds(Buffer.from(text), secret.value)).map(({ where }) => where), `where a secret of the kind ${secret.kind} was said`).toEqual([]);
    expect([...processes.lines].some((line) => line.includes(secret.value)), `a process shows a secret of the kind ${secret.kind}`).toBe(false);
  }
  // The search finds what is there.
  const planted = path.join(program.dataDir, 'planted');
  writeFileSync(planted, `x${Buffer.from(`..${secrets[0]?.value ?? ''}..`).toString('base64')}x`);
  expect(filesHolding(program.dataDir, secrets[0]?.value ?? '')).toEqual(['planted']);
  expect(filesBelow(program.dataDir).map((file) => path.basename(file))).toEqual(expect.arrayContaining(['workspace.db', 'sightline.log']));
  await sample.stop();
});
