// Measures everything that the project holds itself to and writes docs/benchmarks.md: the engine beside DuckDB and the C SQLite,
// the program as a person meets it, and the Go benchmarks beside their yardsticks. Nothing fails here on a time:
// machines differ and are shared. What cannot be measured ends it, and the page stays as it was.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

import { face } from './face.mjs';
import { checked, line, root, write } from './figures.mjs';
import { goBenchmarks } from './gobench.mjs';
import { measure } from './yardstick.mjs';

const load = os.loadavg()[0];
const engine = await measure([200_000, 2_000_000]);

const binary = path.join(root, 'build/bin/sightline-serve');
const data = mkdtempSync(path.join(os.tmpdir(), 'sightline-bench-'));
const children = [];
const program = [];

function figure(what, ours, unit, goal) {
  const f = checked({ group: 'the program', what, ours, unit, goal });
  program.push(f);
  console.log(line(f));
}

/** Starts a program and returns it with the first line of its output that passes. */
function started(args, find) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, [...args, '--data-dir', data], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    child.on('error', reject);
    readline.createInterface({ input: child.stdout }).on('line', (text) => {
      const found = find(text);
      if (found) resolve({ child, found });
    });
  });
}

const ended = (child) => new Promise((resolve) => { child.on('close', resolve); child.kill('SIGTERM'); });

function verb(args, input) {
  const began = performance.now();
  const r = spawnSync(binary, [...args, '--data-dir', data], { input, maxBuffer: 64 << 20 });
  if (r.status !== 0) throw new Error(`${args.join(' ')}: ${r.stderr}`);
  return { answer: JSON.parse(r.stdout), seconds: (performance.now() - began) / 1000 };
}

/** Runs a verb beside this program and watches the most memory it ever had. */
function loading(args, input) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(binary, [...args, '--data-dir', data], { stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(child);
    let out = '';
    let peak = 0;
    const look = setInterval(() => {
      try { peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1] / 1024; } catch { /* it has just ended */ }
    }, 50);
    child.stdout.on('data', (b) => { out += b; });
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(look);
      if (status !== 0) reject(new Error(`${args.join(' ')}: status ${status}`));
      else resolve({ answer: JSON.parse(out), seconds: (performance.now() - began) / 1000, peak });
    });
  });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

console.log('\nthe program');
try {
  const sample = (await started(['sample', 'serve'], (l) => (l.startsWith('{') ? JSON.parse(l) : undefined))).found;
  const { answer, seconds } = verb(['connect', '--url', sample.organizationUrl, '--project', '*', '--token-stdin'], sample.personalAccessToken);
  figure('the small sample connects and loads, start of process included', seconds, 's', '6 s');
  figure('rows of the small sample', answer.rows, '');
  figure('requests for them', answer.requests, '');

  const pages = Array.from({ length: 5 }, () => verb(['page', answer.datasetId, 'Open Bug Status']).answer);
  const visuals = pages[0].visuals.length;
  figure(`a visual of Open Bug Status: ${visuals} and 4 slicers in one batch`, median(pages.map((p) => p.millis)) / visuals, 'ms', '5 ms');

  const served = await started(['serve'], (l) => /^Open (http:\S+)/.exec(l)?.[1]);
  const url = new URL(served.found);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie').split(';')[0];
  const call = (method, args) => fetch(`${url.origin}/call/${method}`, { method: 'POST', headers: { cookie, 'Content-Type': 'application/json' }, body: JSON.stringify(args) }).then((r) => r.json());
  const first = performance.now();
  await call('Reports/Page', [answer.reportId, 'open-bug-status', {}]);
  figure('the first page after a start, file and columns opened', performance.now() - first, 'ms');
  await new Promise((r) => { setTimeout(r, 3000); });
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${served.child.pid}/status`, 'utf8'))[1] / 1024;
  figure('memory of the Go process at rest, dataset open', resident, 'MB', '120 MB');
  await ended(served.child);

  const large = (await started(['sample', 'serve', '--size', 'large'], (l) => (l.startsWith('{') ? JSON.parse(l) : undefined))).found;
  const loaded = await loading(['connect', '--url', large.organizationUrl, '--project', '*', '--token-stdin'], large.personalAccessToken);
  figure('the large sample connects and loads', loaded.seconds, 's');
  figure('rows of the large sample', loaded.answer.rows, '');
  figure('requests for them', loaded.answer.requests, '');
  figure('most memory while loading it; nobody looks, so no columns are built', loaded.peak, 'MB', '300 MB');
  const files = readdirSync(path.join(data, 'datasets')).filter((f) => f.startsWith(loaded.answer.datasetId));
  const bytes = files.reduce((sum, f) => sum + statSync(path.join(data, 'datasets', f)).size, 0);
  figure('its file, everything included', bytes / loaded.answer.rows, 'bytes a row');
  const opened = await loading(['page', loaded.answer.datasetId, 'Open Bug Status'], '');
  figure('most memory of a process that builds its columns and answers a page', opened.peak, 'MB', '300 MB');

  const medium = (await started(['sample', 'serve', '--size', 'medium'], (l) => (l.startsWith('{') ? JSON.parse(l) : undefined))).found;
  const middle = await loading(['connect', '--url', medium.organizationUrl, '--project', '*', '--token-stdin'], medium.personalAccessToken);
  const say = (f) => { program.push(f); console.log(line(f)); };
  for (const [size, { reportId, dashboardId }] of [['medium', middle.answer], ['large', loaded.answer]]) {
    const shown = await started(['serve'], (l) => /^Open (http:\S+)/.exec(l)?.[1]);
    await face({ address: shown.found, reportId, dashboardId, size, say });
    await ended(shown.child);
  }

  const painted = spawnSync('xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', 'node', '--experimental-websocket', path.join(root, 'build/smoke.mjs')], { encoding: 'utf8' });
  const ms = /painted after (\d+) ms/.exec(painted.stdout ?? '')?.[1];
  if (!ms) throw new Error(`The window did not say when it was painted.\n${painted.stdout}${painted.stderr}`);
  figure('start of the process to painted window', Number(ms), 'ms', '1000 ms');
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

write([...engine, ...program, ...goBenchmarks()], load);
