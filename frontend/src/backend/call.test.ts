import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { datasets, shell } from './api';
import { startTestHost } from './testHost';

const minutes = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('how long an answer is waited for', () => {
  it('gives up a lost answer after a minute, with a sentence', async () => {
    startTestHost({ 'Datasets.Dataset': () => new Promise(() => undefined) });
    const told = datasets.dataset('d1').catch((e: Error) => e.message);
    await vi.advanceTimersByTimeAsync(1.1 * minutes);
    expect(await told).toContain('did not answer within a minute');
  });

  it('waits for a person who thinks about where to save', async () => {
    const saved = { path: '/home/ann/bugs.csv', canceled: false, download: false };
    startTestHost({ 'Shell.Save': () => new Promise((resolve) => { setTimeout(() => resolve(saved), 10 * minutes); }) });
    const result = shell.save({ name: 'bugs.csv', text: 'a' });
    await vi.advanceTimersByTimeAsync(11 * minutes);
    expect(await result).toEqual(saved);
  });
});
