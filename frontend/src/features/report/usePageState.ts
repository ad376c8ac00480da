// The state of a page, kept on this computer per report and page, so that it is there after leaving.
import { useCallback, useSyncExternalStore } from 'react';
import { memoryOf, type ReportMemory } from './memory';
import type { PageStep, Reading } from './pageState';

export type Step = (step: PageStep) => void;

/** What was chosen on a page, the function that steps it, and the memory of its report, which can undo. */
export function usePageState(reportId: string, pageId: string): { reading: Reading; step: Step; memory: ReportMemory } {
  const memory = memoryOf(reportId);
  const reading = useSyncExternalStore(memory.subscribe, () => memory.reading(pageId));
  // Whether something can be undone changes without the page: it may have happened on another one.
  useSyncExternalStore(memory.subscribe, () => memory.version);
  const step = useCallback((next: PageStep) => memory.step(pageId, next), [memory, pageId]);
  return { reading, step, memory };
}
