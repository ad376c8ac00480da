// Measures the interface in Chromium as a person meets it: a click that cross-filters a page, another page, the dashboard, days that pass.
// `node build/face.mjs medium` prints the figures over one sample alone.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

import { checked, line, root } from './figures.mjs';

const { chromium } = createRequire(path.join(root, 'frontend/package.json'))('@playwright/test');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const rank = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const median = (numbers) => rank(numbers, 0.5);

/** The page on which visuals cross-filter each other. */
const crossed = 'open-bug-status';
const leastClicks = 30;

// In the page: when what a mark of the timeline stands for is painted. A message that is sent in a frame comes after its painting.
function watch() {
  const mark = performance.mark.bind(performance);
  const painted = (globalThis.painted = []);
  performance.mark = (name, options) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => painted.push({ name, at: performance.now() });
    channel.port2.postMessage(0);
    return mark(name, options);
  };
  for (const type of ['click', 'keydown']) addEventListener(type, (event) => { globalThis.touched = event.timeStamp; }, { capture: true });
}

/** Does something and returns how many milliseconds after the person's hand the page was painted, and what its queries took. */
async function timed(page, act) {
  const answer = page.waitForResponse((r) => r.url().endsWith('/call/Reports/Page'), { timeout: 10_000 }).then((r) => r.json());
  await page.evaluate(() => { globalThis.painted.length = 0; });
  await act();
  const { millis } = (await answer).result;
  await page.waitForFunction(() => globalThis.painted.some((p) => p.name === 'drawn' && p.at > globalThis.touched));
  const drawn = await page.evaluate(() => globalThis.painted.findLast((p) => p.name === 'drawn').at - globalThis.touched);
  return { drawn, millis };
}

/** Clicks marks that were not clicked before, so that every answer is computed. */
async function clicks(page) {
  const marks = page.locator('[role=listbox] [role=option]');
  const out = [];
  for (let i = 0, all = await marks.count(); i < all && out.length < leastClicks; i++) {
    const box = await marks.nth(i).boundingBox();
    if (!box || box.width < 3 || box.height < 3) continue;
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    // A mark that filters nothing asks for nothing.
    out.push(await timed(page, () => page.mouse.click(at.x, at.y)).catch(() => null));
    await page.waitForTimeout(150);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
  return out.filter(Boolean);
}

async function frames(page, reportPath, id) {
  await page.evaluate((to) => { location.hash = to; }, `${reportPath}/${id}`);
  const slider = page.getByRole('slider');
  await slider.waitFor();
  await page.waitForTimeout(1000);
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
  await page.waitForTimeout(700);
  await page.getByRole('button', { name: 'Play day by day' }).click();
  await page.waitForTimeout(500);
  const times = await page.evaluate(() => new Promise((done) => {
    const seen = [];
    const next = (now) => (seen.push(now) > 240 ? done(seen) : requestAnimationFrame(next));
    requestAnimationFrame(next);
  }));
  await page.getByRole('button', { name: 'Pause' }).click();
  const gaps = times.slice(1).map((t, i) => t - times[i]);
  return { perSecond: (1000 * gaps.length) / (times.at(-1) - times[0]), longest: rank(gaps, 0.99) };
}

/** The figures of the interface over the dataset that `serve` holds. `say` is given each as it is known. */
export async function face({ address, reportId, dashboardId, size, say }) {
  const group = `the interface, ${size} sample`;
  const figure = (what, ours, unit, goal) => say(checked({ group, what, ours, unit, goal }));
  const browser = await chromium.launch({ executablePath: process.env.SIGHTLINE_CHROMIUM || ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => spawnSync('test', ['-x', p]).status === 0), args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await page.addInitScript(watch);
    await page.goto(address);
    const to = (hash) => page.evaluate((h) => { location.hash = h; }, hash);
    const reportPath = `#/report/${reportId}`;

    await to(`${reportPath}/${crossed}`);
    await page.locator('[role=listbox] [role=option]').first().waitFor();
    await page.waitForTimeout(1000);
    const visuals = await page.locator('[data-visual]').count();
    const clicked = await clicks(page);
    if (clicked.length < 10) throw new Error(`only ${clicked.length} marks of ${crossed} could be clicked`);
    const drawn = clicked.map((c) => c.drawn);
    figure(`a click cross-filters a page of ${visuals} visuals, last one painted: median of ${clicked.length}`, median(drawn), 'ms', size === 'large' ? '100 ms' : '50 ms');
    figure('the slowest twentieth of these clicks', rank(drawn, 0.95), 'ms');
    figure('of which the queries: median', median(clicked.map((c) => c.millis)), 'ms', '16 ms');

    const tabs = page.getByRole('tab');
    const switches = [];
    for (let i = 1, all = await tabs.count(); i < all; i++) {
      await tabs.nth(i).scrollIntoViewIfNeeded();
      switches.push((await timed(page, () => tabs.nth(i).click())).drawn);
      await page.waitForTimeout(200);
    }
    figure(`another page, painted: median of ${switches.length}`, median(switches), 'ms', '150 ms');
    figure('the slowest of these pages', Math.max(...switches), 'ms');

    const boards = [];
    for (let i = 0; i < 10; i++) {
      await to(`#/dashboard/${dashboardId}`);
      await page.reload();
      await page.waitForFunction(() => globalThis.painted.some((p) => p.name === 'dashboard drawn'), null, { timeout: 20_000 });
      boards.push(await page.evaluate(() => globalThis.painted.find((p) => p.name === 'dashboard drawn').at - performance.getEntriesByName('first-contentful-paint')[0].startTime));
    }
    figure('the dashboard is painted after the window is up: median of 10', median(boards), 'ms', '300 ms');

    for (const id of [crossed, 'cumulative-flow']) {
      const { perSecond, longest } = await frames(page, reportPath, id);
      figure(`frames a second while days pass on ${id}`, perSecond, '', size === 'medium' ? 'at least 58' : undefined);
      figure(`the longest hundredth of their gaps on ${id}`, longest, 'ms');
    }
  } finally {
    await browser.close();
  }
}

async function main(size) {
  const binary = path.join(root, 'build/bin/sightline-serve');
  const data = mkdtempSync(path.join(os.tmpdir(), 'sightline-face-'));
  const children = [];
  const started = (args, find) => new Promise((resolve, reject) => {
    const child = spawn(binary, [...args, '--data-dir', data], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    child.on('error', reject);
    readline.createInterface({ input: child.stdout }).on('line', (text) => { const found = find(text); if (found) resolve(found); });
  });
  try {
    const sample = await started(['sample', 'serve', '--size', size], (l) => (l.startsWith('{') ? JSON.parse(l) : undefined));
    const r = spawnSync(binary, ['connect', '--url', sample.organizationUrl, '--project', '*', '--token-stdin', '--data-dir', data], { input: sample.personalAccessToken, encoding: 'utf8' });
    if (r.status !== 0) throw new Error(r.stderr);
    const address = await started(['serve'], (l) => /^Open (http:\S+)/.exec(l)?.[1]);
    const { reportId, dashboardId } = JSON.parse(r.stdout);
    await face({ address, reportId, dashboardId, size, say: (f) => console.log(line(f)) });
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? 'small');
