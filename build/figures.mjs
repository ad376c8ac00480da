// What a measured figure is, whether it keeps its goal, and how figures become docs/benchmarks.md.
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A number as it is printed. */
export const number = (x) => (Math.abs(x) >= 100 || Number.isInteger(x) ? x.toFixed(0) : Math.abs(x) >= 10 ? x.toFixed(1) : x.toFixed(2));

/** A figure that has everything that makes it one. What could not be measured is no figure. */
export function checked(f) {
  if (!Number.isFinite(f.ours)) throw new Error(`${f.group}: ${f.what} could not be measured: ${f.ours}`);
  for (const beside of ['theirs', 'ratio', 'lite', 'liteRatio']) {
    if (f[beside] !== undefined && !(Number.isFinite(f[beside]) && f[beside] > 0)) throw new Error(`${f.group}: ${f.what} has nothing to stand beside: ${beside} is ${f[beside]}`);
  }
  return f;
}

/**
 * Whether the goal is kept; undefined without one. "0.5" is a goal of the ratio to DuckDB, or of the number where there is none;
 * "35 MB" is one of the number, "at least 60000 revisions/s" its other side; one "at 2,000,000 items" is for that world alone.
 */
export function kept(f) {
  if (!f.goal || (/2,000,000/.test(f.goal) && !f.group.startsWith('2000000'))) return undefined;
  const least = /^at least (.*)/.exec(f.goal);
  const goal = Number.parseFloat(least?.[1] ?? f.goal);
  if (Number.isNaN(goal)) throw new Error(`${f.what}: ${f.goal} is no goal`);
  if (least) return f.ours >= goal;
  return (f.ratio !== undefined && /^[\d.]+$/.test(f.goal) ? f.ratio : f.ours) <= goal;
}

/** One line for the terminal. */
export function line(f) {
  const beside = f.theirs ? `   DuckDB ${number(f.theirs)}, ${f.ratio.toFixed(3)} of it` : '';
  const lite = f.lite ? `   C SQLite ${number(f.lite)}, ${f.liteRatio.toFixed(3)}` : '';
  const k = kept(f);
  return `${f.what.padEnd(60)} ${`${number(f.ours)} ${f.unit}`.padStart(14)}${beside}${lite}${f.goal ? `   goal ${f.goal}${k === false ? ': MISSED' : ''}` : ''}`;
}

function table(figures) {
  const beside = figures.some((f) => f.theirs);
  const lite = figures.some((f) => f.lite);
  const cells = (f) => [f.what, `${number(f.ours)} ${f.unit}`.trim(), ...(beside ? [f.theirs ? number(f.theirs) : '', f.ratio ? f.ratio.toFixed(3) : ''] : []),
    ...(lite ? [f.lite ? number(f.lite) : '', f.liteRatio ? f.liteRatio.toFixed(3) : ''] : []), f.goal ?? '', { true: 'kept', false: '**missed**' }[kept(f)] ?? ''];
  const head = ['what', 'ours', ...(beside ? ['DuckDB', 'ratio'] : []), ...(lite ? ['C SQLite', 'ratio'] : []), 'goal', ''];
  return [head, head.map(() => '---'), ...figures.map(cells)].map((c) => `| ${c.join(' | ')} |`).join('\n');
}

function missed(figures) {
  const those = figures.filter((f) => kept(f) === false);
  if (those.length === 0) return 'None is missed.';
  return those.map((f) => `- ${f.group}: ${f.what}: ${/^[\d.]+$/.test(f.goal) && f.ratio ? `${f.ratio.toFixed(3)} of DuckDB's` : `${number(f.ours)} ${f.unit}`} (goal ${f.goal})`).join('\n');
}

/** Writes the figures of one run, with the machine they are of. Nothing of an earlier run stays. */
export function write(figures, load) {
  const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? os.arch();
  const goals = figures.filter((f) => kept(f) !== undefined);
  const groups = [...new Set(figures.map((f) => f.group))];
  const text = `# Figures

Written by \`make bench\` on ${new Date().toISOString().slice(0, 10)}, all in one run: a figure that cannot be measured, or an answer that is not that of the yardstick, ends it
and leaves this page as it was. \`make bench\` repeats it; \`node build/yardstick.mjs 200000\` prints the figures of the engine over one world alone.

Machine: ${os.cpus().length} processors (${cpu}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()} ${os.release()}, Node ${process.versions.node}; one minute of load was
${load.toFixed(1)} when it began and ${os.loadavg()[0].toFixed(1)} when it ended. No goal here is a test: machines differ and are shared. Absolute figures drift; read the ratios.

## How it is measured

\`build/yardstick\` makes up a world of work items with their history, commits, pull requests, runs of pipelines and of tests, and gives it to the engine, to DuckDB and (200,000
items only) to the C SQLite, all in one process. It first compares the answers of all, then takes them in turn. Times are those of the processor (all threads of the process),
medians of five; where two threads run it is the shortest time of the clock. DuckDB and SQLite have the star they like: current items, one interval an item and changed day, days
and months beside instants, and SQLite an index that covers each question. The engine has every revision at its millisecond, names the members and adds the totals. Questions about
all items, or all open ones, find rows and counts of the columns from the question before (Q1, Q2 and the page without a filter); what is filtered is computed from the rows each
time. The dataset file is stored by the writer of the program, transactions of ten pages; the pages beside it come every 5 ms and a generation is published 2 s after the one
before, which is more often than the program does. \`build/face.mjs\` moves the mouse of a Chromium that draws without a graphics card: a click is timed from
the moment the browser was handed it to the frame in which its last visual is painted, with marks that were not clicked before; \`node build/face.mjs medium\`
prints these alone. A start is a fresh process, from the opening of its files, which the operating system has dropped from memory, to the
answers of the page without a filter.

## Goals

${goals.filter((f) => kept(f)).length} kept, ${goals.filter((f) => !kept(f)).length} missed.

${missed(figures)}

${groups.map((group) => `## ${group[0].toUpperCase()}${group.slice(1)}\n\n${table(figures.filter((f) => f.group === group))}`).join('\n\n')}
`;
  writeFileSync(path.join(root, 'docs/benchmarks.md'), text);
}
