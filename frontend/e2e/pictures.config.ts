import { defineConfig } from '@playwright/test';
import config from '../playwright.config';

// Takes the pictures of the README and the guide; see build/pictures.mjs. One worker: a picture of a load
// should show a load that has the computer for itself.
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: 'pictures.ts',
  outputDir: '../test-results/pictures',
  timeout: 120_000,
  workers: 1,
  reporter: [['line']],
});
