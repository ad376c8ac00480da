// Runs build/yardstick, by itself at 200,000 and at 2 million work items; numbers behind it are the items of other worlds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

import { checked, line, root } from './figures.mjs';

function run(cmd, args, options, hear = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(cmd, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    readline.createInterface({ input: child.stdout }).on('line', hear);
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`${cmd} ${args.join(' ')}: status ${status}`))));
  });
}

/** The figures of the worlds of these sizes, printed as they come. */
export async function measure(sizes) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sightline-yardstick-'));
  const figures = [];
  try {
    const binary = path.join(dir, 'yardstick');
    await run('go', ['build', '-o', binary, '.'], { cwd: path.join(root, 'build/yardstick'), env: { ...process.env, CGO_ENABLED: '1' } });
    for (const size of sizes) {
      await run(binary, ['-items', String(size)], {}, (text) => {
        const f = checked(JSON.parse(text));
        if (figures.at(-1)?.group !== f.group) console.log(`\n${f.group}`);
        figures.push(f);
        console.log(line(f));
      });
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return sizes.length === 2 ? [...figures, ...growth(figures, sizes)] : figures;
}

/** How many times longer ten times the data take. */
function growth(figures, [small, large]) {
  const out = [];
  for (const f of figures) {
    if (!f.theirs || !f.group.startsWith(`${small} `) || !/CPU/.test(f.group)) continue;
    const big = figures.find((g) => g.what === f.what && g.group === f.group.replace(String(small), String(large)));
    if (!big) throw new Error(`${f.what} was not measured over ${large} items`);
    out.push(checked({ group: `ten times the data, ${f.group.replace(`${small} items: `, '')}`, what: f.what, ours: big.ours / f.ours, unit: 'times', goal: '10.5' }));
  }
  return out;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = process.argv.slice(2).map(Number);
  await measure(sizes.length > 0 ? sizes : [200_000, 2_000_000]);
}
