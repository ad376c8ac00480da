// Runs build/yardstick at 200,000 and at 2 million work items and writes docs/benchmarks.md. `node build/yardstick.mjs`
// alone does it without the rest of `make bench`; a number behind it is the items of the only world.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function run(cmd, args, options, line = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(cmd, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    readline.createInterface({ input: child.stdout }).on('line', line);
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`${cmd} ${args.join(' ')}: status ${status}`))));
  });
}

const number = (x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

/** Whether the goal is kept; undefined without one that a number tells. */
function kept(f) {
  const goal = Number.parseFloat(f.goal);
  if (!f.goal || Number.isNaN(goal) || (/2,000,000/.test(f.goal) && !f.group.startsWith('2000000'))) return undefined;
  return (f.ratio && !/ms/.test(f.goal) ? f.ratio : f.ours) <= goal;
}

/** The figures of all worlds, each as { group, what, ours, theirs, unit, ratio, goal }. */
export async function measure(sizes) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sightline-yardstick-'));
  const figures = [];
  try {
    const binary = path.join(dir, 'yardstick');
    await run('go', ['build', '-o', binary, '.'], { cwd: path.join(root, 'build/yardstick'), env: { ...process.env, CGO_ENABLED: '1' } });
    for (const size of sizes) {
      await run(binary, ['-items', String(size)], {}, (line) => {
        const f = JSON.parse(line);
        figures.push(f);
        const beside = f.theirs ? `DuckDB ${number(f.theirs)}  ${f.ratio.toFixed(3)} of it` : '';
        console.log(`${f.what.padEnd(58)} ${`${number(f.ours)} ${f.unit}`.padStart(12)}   ${beside}${f.goal ? `   goal ${f.goal}` : ''}`);
      });
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return [...figures, ...growth(figures, sizes)];
}

/** How many times longer ten times the data take. */
function growth(figures, [small, large]) {
  const out = [];
  for (const f of figures) {
    if (!f.theirs || !f.group.startsWith(`${small} `) || !/CPU/.test(f.group)) continue;
    const big = figures.find((g) => g.what === f.what && g.group === f.group.replace(String(small), String(large)));
    if (big) out.push({ group: `ten times the data, ${f.group.replace(`${small} items: `, '')}`, what: f.what, ours: big.ours / f.ours, unit: 'times', goal: '10.5' });
  }
  return out;
}

/** Writes the figures with the machine they are of. */
export function write(figures) {
  const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? os.arch();
  const text = [`# Figures of the engine

Written by \`make bench\` on ${new Date().toISOString().slice(0, 10)}; \`node build/yardstick.mjs\` repeats this page alone. Machine: ${os.cpus().length} processors (${cpu}),
${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()} ${os.release()}, Node ${process.versions.node}; one minute of load was ${os.loadavg()[0].toFixed(1)} when it ended.

\`build/yardstick\` makes up a world of work items with their history, gives it to the engine and to DuckDB in the same process, and first
compares the answers of both. Then it takes them in turn. Times are those of the processor (all threads of the process), medians of
five; where two threads run it is the shortest time of the clock. Absolute figures of a shared machine drift: read the ratios. DuckDB has the
star it likes: current items, and one interval an item and changed day; the engine has every revision at its millisecond, names the
members and adds the totals. Questions about all items, or all open ones, find rows and counts of the columns from the question before (Q1, Q2 and the page without a filter); what is filtered is
computed from the rows each time. No goal here is a test: machines differ.
`];
  for (const group of [...new Set(figures.map((f) => f.group))]) {
    text.push(`\n## ${group}\n\n| what | ours | DuckDB | ratio | goal | |\n|---|---|---|---|---|---|`);
    for (const f of figures.filter((g) => g.group === group)) {
      const k = kept(f);
      text.push(`| ${f.what} | ${number(f.ours)} ${f.unit} | ${f.theirs ? number(f.theirs) : ''} | ${f.ratio ? f.ratio.toFixed(3) : ''} | ${f.goal ?? ''} | ${k === undefined ? '' : k ? 'kept' : '**missed**'} |`);
    }
  }
  writeFileSync(path.join(root, 'docs/benchmarks.md'), `${text.join('\n')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await measure(process.argv[2] ? [Number(process.argv[2])] : [200_000, 2_000_000]);
  if (!process.argv[2]) write(figures);
}
