// Runs every check and test of the project and closes with one line: N passed, N failed.
// `node build/test.mjs lint` runs the linters only. A tool that is missing is a failure, never a skip.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const frontend = path.join(root, 'frontend');
const only = process.argv[2];
let passed = 0;
let failed = 0;
const began = Date.now();

/** Runs a program; hands each line of its output to `line`, or keeps it for a failure. */
function run(cmd, args, { cwd = root, env = {}, line } = {}) {
  return new Promise((resolve) => {
    const child = spawn(cmd, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const kept = [];
    const keep = (l) => { kept.push(l); if (kept.length > 400) kept.shift(); };
    readline.createInterface({ input: child.stdout }).on('line', line ?? keep);
    readline.createInterface({ input: child.stderr }).on('line', keep);
    child.on('error', (e) => resolve({ status: 127, output: `${cmd}: ${e.message}` }));
    child.on('close', (status) => resolve({ status, output: kept.join('\n') }));
  });
}

function tell(ok, what, since, detail = '') {
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what} (${seconds} s)${detail ? `\n${detail}` : ''}`);
}

/** One check counts as one test; an empty `mustBeSilent` output is part of passing. */
async function check(what, cmd, args, options = {}) {
  const since = Date.now();
  const lines = [];
  const r = await run(cmd, args, options.mustBeSilent ? { ...options, line: (l) => lines.push(l) } : options);
  const ok = r.status === 0 && lines.length === 0;
  ok ? passed++ : failed++;
  tell(ok, what, since, ok ? '' : [...lines, r.output].join('\n'));
  return ok;
}

// SQLite and scrypt compute on memory of their own, and the race detector makes them some ten times as slow: they are
// compiled without it. That is sound only for a package that makes no instance of a generic function of another one: the
// linker keeps one copy of each for the whole program, and it could keep the one whose atomics order nothing.
const RACE = ['-race', '-gcflags=modernc.org/sqlite/lib=-race=false', '-gcflags=golang.org/x/crypto/scrypt=-race=false'];

/** go test, counted test by test; the output of a failed one is printed. Vetting is lint's: here it would be done again. */
async function goTests(what, args, env) {
  const since = Date.now();
  let good = 0;
  let bad = 0;
  const output = new Map();
  const failures = [];
  const r = await run('go', ['test', '-json', '-vet=off', '-timeout', '12m', ...args], {
    env,
    line: (text) => {
      let e;
      try { e = JSON.parse(text); } catch { failures.push(text); return; }
      const key = `${e.Package ?? e.ImportPath}/${e.Test ?? ''}`;
      if (e.Action === 'output' || e.Action === 'build-output') {
        output.set(key, ((output.get(key) ?? '') + e.Output).slice(-8000));
        if (/recordings|not there/.test(e.Output) && /^\s+\S+_test\.go/.test(e.Output)) console.log(`     ${e.Output.trim()}`);
      } else if (e.Action === 'pass' && e.Test) good++;
      else if (e.Action === 'skip' && e.Test) { bad++; failures.push(`skipped, which counts as failed: ${key}`); }
      else if (e.Action === 'fail' && e.Test) { bad++; failures.push(`${key}\n${output.get(key) ?? ''}`); }
      else if ((e.Action === 'fail' || e.Action === 'build-fail') && !e.Test) failures.push(`${key}\n${output.get(key) ?? ''}`);
    },
  });
  if (r.status !== 0 && bad === 0) bad = 1;
  if (good + bad === 0) bad = 1;
  passed += good;
  failed += bad;
  tell(bad === 0, `${what}: ${good} passed, ${bad} failed`, since, bad ? `${failures.join('\n')}\n${r.output}` : '');
}

/** A runner that writes a JSON report. `words` makes the words for a person of it; without it they are the output's. */
async function reported(what, cmd, args, file, count, options, words) {
  const since = Date.now();
  rmSync(file, { force: true });
  const r = await run(cmd, args, options);
  let good = 0;
  let bad = 1;
  let said = '';
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    [good, bad] = count(report);
    said = words ? words(report) : '';
  }
  if (r.status !== 0 && bad === 0) bad = 1;
  if (good + bad === 0) bad = 1;
  passed += good;
  failed += bad;
  tell(bad === 0, `${what}: ${good} passed, ${bad} failed`, since, bad ? said || r.output : said);
}

/** The browser tests that failed, or passed only at the second try, each with its first error. */
function browserTrouble({ suites }) {
  const lines = [];
  const walk = (suite, file) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status !== 'unexpected' && test.status !== 'flaky') continue;
        const error = test.results.map((r) => r.error?.message).find(Boolean) ?? 'no error was written down';
        lines.push(`     ${test.status === 'flaky' ? 'passed at the second try' : 'failed'}: ${file}:${spec.line} ${spec.title}`, error.replace(/\u001b\[\d*m/g, '').split('\n').slice(0, 12).map((l) => `       ${l}`).join('\n'));
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, file);
  };
  for (const suite of suites) walk(suite, suite.file);
  return lines.join('\n');
}

/** node --test, counted test by test; only passed ones are good. */
async function nodeTests(what, file) {
  const since = Date.now();
  const r = await run('node', ['--test', '--test-reporter=tap', file]);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(r.output)?.[1] ?? 0);
  const good = count('pass');
  let bad = count('tests') - good;
  if (r.status !== 0 && bad === 0 || good + bad === 0) bad = 1;
  passed += good;
  failed += bad;
  tell(bad === 0, `${what}: ${good} passed, ${bad} failed`, since, bad ? r.output : '');
}

async function lint() {
  await check('gofmt', 'gofmt', ['-l', 'backend', 'build/provider', 'build/yardstick', ...topLevelGo()], { mustBeSilent: true });
  // The flags of the build, so that one compilation of the dependencies serves both.
  const tools = { env: { CGO_ENABLED: '0', GOFLAGS: '-trimpath' } };
  await check('go vet', 'go', ['vet', './...'], tools);
  await check('go: import rules (depguard)', 'go', ['tool', '-modfile=build/lint/go.mod', 'depguard', './...'], tools);
  await check('go: staticcheck', 'go', ['tool', '-modfile=build/lint/go.mod', 'staticcheck', './...'], tools);
  const provider = { ...tools, cwd: path.join(root, 'build/provider') };
  await check('go vet: the second identity provider', 'go', ['vet', './...'], provider);
  await check('go: staticcheck: the second identity provider', 'go', ['tool', '-modfile=../lint/go.mod', 'staticcheck', './...'], provider);
  await vetYardstick();
  await check('typescript: lint and import rules (oxlint)', 'npx', ['--no-install', 'oxlint', '--deny-warnings'], { cwd: frontend });
}

/**
 * go vet of the yardstick wants DuckDB and the C SQLite compiled: a download and minutes. It is done where `make bench` has done
 * that already; elsewhere gofmt has at least parsed the files, and the line says so.
 */
async function vetYardstick() {
  const there = { env: { CGO_ENABLED: '1', GOPROXY: 'off' }, cwd: path.join(root, 'build/yardstick') };
  const stale = await run('go', ['list', '-f', '{{.Stale}}', 'github.com/mattn/go-sqlite3', 'github.com/duckdb/duckdb-go/v2'], there);
  if (stale.status === 0 && !/true/.test(stale.output)) await check('go vet: the yardstick', 'go', ['vet', './...'], there);
  else console.log('     the yardstick is parsed, not vetted: its databases are not compiled here (make bench does it)');
}

function topLevelGo() {
  return readdirSync(root).filter((name) => name.endsWith('.go'));
}

async function all() {
  const make = (target) => check(`make ${target}`, 'make', ['--no-print-directory', target]);
  if (!(await make('frontend/dist/index.html'))) return; // type check and bundle; nothing else can run without it
  await lint();
  await reported('vitest', 'npx', ['--no-install', 'vitest', 'run', '--pool=threads', '--reporter=json', '--outputFile=test-results/vitest.json'],
    path.join(frontend, 'test-results/vitest.json'), (r) => [r.numPassedTests, r.numFailedTests + r.numPendingTests], { cwd: frontend });
  // What is repeated many times (kills, broken answers) or is large (the whole sample organization) is less under the
  // race detector, and whole here.
  await goTests('go test: loads, kills, full disks and fault scripts, whole', ['./backend/refresh', './backend/sqlite'], { CGO_ENABLED: '0' });
  // Windows of real browsers want the computer to themselves: those tests come last, alone.
  const windows = 'sightline/backend/signin/acceptance';
  const packages = [];
  await run('go', ['list', './...'], { line: (l) => packages.push(l) });
  const others = packages.filter((p) => p !== windows);
  await goTests('go test -race', [...RACE, '-p', '3', ...(others.length > 0 ? others : ['./...'])], { CGO_ENABLED: '1' });
  await goTests('go test -race: sign-ins in real browsers', [...RACE, windows], { CGO_ENABLED: '1' });
  if (!(await make('build/bin/sightline-serve'))) return;
  await nodeTests("Microsoft's Node client against the sample", 'build/nodeclient.test.mjs');
  await reported('playwright against sightline serve', 'npx', ['--no-install', 'playwright', 'test'],
    path.join(frontend, 'test-results/playwright.json'),
    (r) => [r.stats.expected + r.stats.flaky, r.stats.unexpected + r.stats.skipped], { cwd: frontend }, browserTrouble);
  if (await make('bindings')) await check('the committed bindings are those of the program', 'git', ['diff', '--exit-code', '--stat', '--', 'frontend/wailsjs']);
  if (await make('build/bin/sightline-window')) {
    await check('the real window opens, draws and reaches Go', 'xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', 'node', '--experimental-websocket', 'build/smoke.mjs']);
  }
}

await (only === 'lint' ? lint() : all());
console.log(`Took ${((Date.now() - began) / 60000).toFixed(1)} min`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
