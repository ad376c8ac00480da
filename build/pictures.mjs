// Takes the pictures in docs/images from the real program with the sample organization, in light and dark.
// Run: node build/pictures.mjs (after make build/bin/sightline-serve). It takes about two minutes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const images = path.join(root, 'docs/images');
if (!existsSync(path.join(root, 'build/bin/sightline-serve'))) {
  console.error('There is no build/bin/sightline-serve: run make build/bin/sightline-serve first.');
  process.exit(1);
}
mkdirSync(images, { recursive: true });
const taken = spawnSync('npx', ['--no-install', 'playwright', 'test', '--config', 'e2e/pictures.config.ts', ...process.argv.slice(2)],
  { cwd: path.join(root, 'frontend'), stdio: 'inherit' });
const files = readdirSync(images).filter((name) => name.endsWith('.png'));
const bytes = files.reduce((sum, name) => sum + statSync(path.join(images, name)).size, 0);
console.log(`${files.length} pictures in docs/images, ${(bytes / 1e6).toFixed(1)} MB`);
process.exit(taken.status ?? 1);
