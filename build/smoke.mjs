// Drives the real production window through WebKitGTK's remote inspector: it opens, draws, a click
// reaches Go, the sample loads and its dashboard is drawn, the picture is not blank, and a second start
// raises it instead of opening another.
// Run under a display, for example: xvfb-run -a node --experimental-websocket build/smoke.mjs
import { spawn, spawnSync } from 'node:child_process';
import readline from 'node:readline';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import net from 'node:net';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const binary = path.join(root, 'build/bin/sightline-window');
const data = mkdtempSync(path.join(os.tmpdir(), 'sightline-smoke-'));
const pictures = path.join(root, 'frontend/test-results');
mkdirSync(pictures, { recursive: true });

const port = await new Promise((resolve) => {
  const s = net.createServer().listen(0, '127.0.0.1', () => { const p = s.address().port; s.close(() => resolve(p)); });
});
// A session bus of its own, with a notification service that writes down what it is asked to show.
const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
const lineOf = (stream) => new Promise((resolve) => { readline.createInterface({ input: stream }).once('line', resolve); });
const bus = { DBUS_SESSION_BUS_ADDRESS: await lineOf(daemon.stdout) };
const notifications = spawn('go', ['run', './build/notifications'], { cwd: root, env: { ...process.env, ...bus, CGO_ENABLED: '0' }, stdio: ['pipe', 'pipe', 'inherit'] });
const shown = [];
readline.createInterface({ input: notifications.stdout }).on('line', (line) => { shown.push(JSON.parse(line)); });

const env = { ...process.env, ...bus, SIGHTLINE_DATA_DIR: data, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}` };
const began = Date.now();
const app = spawn(binary, [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
let log = '';
app.stdout.on('data', (d) => { log += d; });
app.stderr.on('data', (d) => { log += d; });
app.on('error', (e) => { console.error(`FAIL ${e.message}: run make build/bin/sightline-window`); process.exit(1); });
const exited = new Promise((resolve) => { app.on('exit', resolve); });
let gone = false;
void exited.then(() => { gone = true; });

function assert(ok, what) {
  if (!ok) throw new Error(what);
  console.log(`ok   ${what}`);
}
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function until(what, seconds, ask) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ask().catch(() => undefined);
    if (value) return value;
    if (gone) throw new Error(`${what}: the program ended`);
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(50);
  }
}

function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
}

/** The TCP ports on which a process and its children listen. */
function listening(pid) {
  const family = [pid];
  for (const parent of family) family.push(...childrenOf(parent));
  const sockets = new Set(family.flatMap((one) => readdirSync(`/proc/${one}/fd`).map((fd) => { try { return readlinkSync(`/proc/${one}/fd/${fd}`); } catch { return ''; } })));
  const rows = ['tcp', 'tcp6'].flatMap((file) => readFileSync(`/proc/${pid}/net/${file}`, 'utf8').trim().split('\n').slice(1).map((line) => line.trim().split(/\s+/)));
  const listen = '0A';
  return rows.filter((row) => row[3] === listen && sockets.has(`socket:[${row[9]}]`)).map((row) => parseInt(row[1].split(':')[1], 16));
}

/** Talks to the page: evaluate an expression, wait for a promise. */
function inspector() {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/socket/1/1/WebPage`);
    let outer = 0;
    let inner = 0;
    const waiting = new Map();
    ws.onerror = () => reject(new Error('no inspector'));
    ws.onclose = () => reject(new Error('the inspector hung up'));
    ws.onmessage = (e) => {
      const m = JSON.parse(e.data);
      if (m.method === 'Target.targetCreated' && m.params.targetInfo.type === 'page') {
        const target = m.params.targetInfo.targetId;
        const send = (method, params) => new Promise((done, failed) => {
          waiting.set(++inner, done);
          setTimeout(failed, 20_000, new Error(`no answer to ${method}`)).unref();
          ws.send(JSON.stringify({ id: ++outer, method: 'Target.sendMessageToTarget', params: { targetId: target, message: JSON.stringify({ id: inner, method, params }) } }));
        });
        resolve({
          close: () => ws.close(),
          evaluate: async (expression) => (await send('Runtime.evaluate', { expression, returnByValue: true })).result?.result?.value,
          promised: async (expression) => {
            const r = await send('Runtime.evaluate', { expression });
            const a = await send('Runtime.awaitPromise', { promiseObjectId: r.result.result.objectId, returnByValue: true });
            return a.result?.result?.value;
          },
        });
      } else if (m.method === 'Target.dispatchMessageFromTarget') {
        const answer = JSON.parse(m.params.message);
        waiting.get(answer.id)?.(answer);
        waiting.delete(answer.id);
      }
    };
  });
}

/** Starts the window as a person does. The inspector opens ports of its own, so this start goes without it. */
async function assertNoPort() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sightline-smoke-'));
  const plain = spawn(binary, [], { env: { ...process.env, SIGHTLINE_DATA_DIR: dir }, stdio: 'ignore' });
  try {
    await until('the window has its pages', 30, async () => childrenOf(plain.pid).length >= 2);
    await sleep(2000);
    const ports = listening(plain.pid);
    assert(ports.length === 0, `the window listens on no port${ports.map((p) => `, but on ${p}`)}`);
  } finally {
    const ended = new Promise((resolve) => { plain.on('exit', resolve); });
    plain.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

try {
  // WebKitGTK falls over when an inspector connects before the page has its process: wait until it is listed.
  await until('the page is listed', 30, async () => (await (await fetch(`http://127.0.0.1:${port}/`)).text()).includes('/socket/1/1/WebPage'));
  await sleep(1500);
  const page = await until('the inspector answers', 30, inspector);
  await until('the first screen is drawn', 30, () => page.evaluate('document.querySelector("main") ? document.body.innerText.includes("Get Data") : false'));
  const painted = await page.evaluate('Math.round(performance.timeOrigin + Math.max(0, ...performance.getEntriesByType("paint").map((e) => e.startTime)))');
  console.log(`     painted after ${painted - began} ms, start of the process included`);
  assert((await page.evaluate('document.title')).startsWith('Sightline'), 'the window shows Sightline');
  assert((await page.promised('window.go.desktop.Shell.State().then((s) => s.face)')) === 'window', 'a bound method answers: the face is the window');
  const press = (text) => until(`the button ${text}`, 10, () => page.evaluate(`(() => { const b = [...document.querySelectorAll("button,a")].find((x) => x.textContent.trim() === ${JSON.stringify(text)}); if (!b || b.disabled || b.ariaDisabled === "true") return false; b.click(); return true; })()`));
  await press('Try the sample');
  await press('Next');
  // The click has to reach Go: the sample organization starts, and its identity card names a person Go found.
  await until('a click reaches Go and comes back', 30, () => page.evaluate('/Signed in as|Loading/.test(document.body.innerText)'));
  console.log('ok   a click reached Go and its answer was drawn');
  assert((await page.promised('window.go.desktop.Reports.Report("none").then(() => "", (e) => JSON.parse(e.message ?? e).code)')) === 'not_found', 'a refusal arrives as a fault');
  assert((await page.evaluate('(() => { const f = document.createElement("iframe"); f.srcdoc = "<script>parent.reached=1</script>"; document.body.append(f); return new Promise(()=>{}), true; })()')) === true, 'a frame was tried');
  await sleep(300);
  assert((await page.evaluate('window.reached === undefined')) === true, 'a frame with a script does not run');

  // The same engine that a person has draws the charts too.
  await press('Continue as Mira Okafor');
  await press('Load 6 projects');
  await until('the load ends on the dashboard', 60, () => page.evaluate('location.hash.startsWith("#/dashboard/")'));
  await until('the tiles are drawn', 15, () => page.evaluate(`[...document.querySelectorAll('main figure')].filter((f) => /[0-9]/.test(f.textContent) && f.querySelector('canvas, svg, table')).length >= 6`));
  assert((await page.evaluate('document.querySelectorAll("main [role=alert]").length')) === 0, 'the dashboard of the sample is drawn without a refusal');
  await sleep(700);

  const shot = path.join(pictures, 'window.png');
  const taken = spawnSync('import', ['-window', 'root', shot]);
  assert(taken.status === 0 && statSync(shot).size > 0, 'a screenshot was taken');
  const colours = Number(spawnSync('identify', ['-format', '%k', shot]).stdout.toString());
  assert(colours > 200, `the picture is not blank (${colours} colours)`);

  // Nobody looks, a dataset with a hostile name is refreshed: the desktop shows it as text, and a click opens it.
  await until('the notification service is there', 60, async () => shown[0]?.ready);
  const datasetId = await page.promised('window.go.desktop.Shell.State().then((s) => s.datasets[0].id)');
  const call = (expression) => page.promised(`${expression}.then(() => "done", (e) => String(e.message ?? e))`);
  assert((await call(`window.go.desktop.Shell.Rename("dataset", "${datasetId}", "<b>Harbor</b> & Co")`)) === 'done', 'the dataset has a name that looks like markup');
  assert((await call('window.go.desktop.Shell.SetNotifications("all")')) === 'done', 'every refresh is to be shown');
  await page.evaluate('window.dispatchEvent(new Event("blur")), document.hasFocus = () => false, window.dispatchEvent(new Event("blur")), true');
  assert((await call(`window.go.desktop.Refreshes.Start("${datasetId}")`)) === 'done', 'a refresh begins');
  const said = await until('the desktop shows that it ended', 60, async () => shown.find((n) => n.summary));
  assert(said.summary === '<b>Harbor</b> & Co is refreshed' && /^(Rows: |Nothing had changed)/.test(said.body), `it was shown as text: ${said.summary}: ${said.body}`);
  notifications.stdin.write('click\n');
  await until('the click opens the dataset', 10, () => page.evaluate(`location.hash === "#/dataset/${datasetId}"`));
  console.log('ok   a click on the notification opened its dataset');

  await assertNoPort();
  const second = spawnSync(binary, [], { env: { ...env, WEBKIT_INSPECTOR_HTTP_SERVER: '' }, timeout: 15_000 });
  assert(second.status === 0, 'a second start ends at once, having raised the first window');
  assert(app.exitCode === null, 'the first window is still there');
  page.close();

  app.kill('SIGTERM');
  const end = await Promise.race([exited, sleep(10_000).then(() => 'late')]);
  assert(end !== 'late', 'the program ends when it is asked to');
} catch (e) {
  console.error(`FAIL ${e.message}\n${log}`);
  spawnSync('import', ['-window', 'root', path.join(pictures, 'window-failed.png')]);
  process.exitCode = 1;
} finally {
  app.kill('SIGKILL');
  notifications.stdin.end();
  daemon.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
process.exit();
