// Runs the Go benchmarks of the program and of its packages. Those of the loads have goals; of the others the ratios
// to their yardsticks are figures.
import { spawnSync } from 'node:child_process';

import { checked, line, root } from './figures.mjs';

/** The goals by benchmark and metric. Each has to be measured. */
const goals = {
  'History revisions/s': 'at least 60000',
  'History x-floor': '2',
  'IdleRefresh s/refresh': '1.5',
  'MediumLoad x-larger': '1.3',
};

/** The benchmarks of one run of go test, each with its metrics: [[name, [[number, unit], …]], …]. */
export function parse(output) {
  const out = [];
  for (const text of output.split('\n')) {
    const m = /^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$/.exec(text);
    if (m) out.push([m[1], [...m[2].matchAll(/([\d.e+-]+) (\S+)/g)].map(([, x, unit]) => [Number(x), unit])]);
  }
  return out;
}

function run(args) {
  const r = spawnSync('go', ['test', '-run', '^$', '-bench', '.', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, CGO_ENABLED: '0' } });
  if (r.status !== 0) throw new Error(`go test -bench ${args.join(' ')}: status ${r.status}\n${r.stdout}${r.stderr}`);
  return parse(r.stdout);
}

/** The figures of the loads and of the packages, printed as they come. */
export function goBenchmarks() {
  const figures = [];
  const add = (f) => {
    if (figures.at(-1)?.group !== f.group) console.log(`\n${f.group}`);
    figures.push(checked(f));
    console.log(line(f));
  };
  const wanted = new Set(Object.keys(goals));
  for (const [name, metrics] of run(['-benchtime', '1x', '.'])) {
    for (const [ours, unit] of metrics) {
      if (unit === 'ns/op') continue; // of setting up too
      wanted.delete(`${name} ${unit}`);
      add({ group: 'loads, go test -bench . at the top', what: `${name}, ${unit}`, ours, unit: '', goal: goals[`${name} ${unit}`] });
    }
  }
  if (wanted.size > 0) throw new Error(`No benchmark told ${[...wanted].join(', ')}.`);
  for (const [name, metrics] of run(['-benchtime', '200ms', './backend/...'])) {
    for (const [ours, unit] of metrics) {
      if (unit.startsWith('x-')) add({ group: 'packages beside their yardsticks, go test -bench', what: name, ours, unit: `times ${unit.slice(2)}` });
    }
  }
  return figures;
}
