// Whether marks may move to their new places, and whether the fonts that labels are measured in are there.
import { createContext, useSyncExternalStore } from 'react';
import { forgetWidths } from './textWidth';

const reduced = () => window.matchMedia?.('(prefers-reduced-motion: reduce)');

/** Nothing moves for a person who asked for that, nor on a page that is being pictured (`data-still` on html). */
export function isStill(): boolean {
  return document.documentElement.hasAttribute('data-still') || Boolean(reduced()?.matches);
}

/** True while the day of a page moves: marks that are gone a moment later need not answer to pointer and keyboard. */
export const PassingContext = createContext(false);

let fonts = 0;
const waiting = new Set<() => void>();

async function awaitFonts(): Promise<void> {
  if (!document.fonts?.load) return;
  // Asked for by name: "ready" is true already while nothing has been drawn in the font yet.
  await Promise.allSettled(['400', '600'].map((weight) => document.fonts.load(`${weight} 12px "Inter Variable"`)));
  forgetWidths();
  fonts++;
  for (const tell of waiting) tell();
}

void awaitFonts();

function subscribe(changed: () => void) {
  waiting.add(changed);
  return () => waiting.delete(changed);
}

/** Changes once, when the fonts have arrived: a layout made before was measured in another font. */
export function useFonts(): number {
  return useSyncExternalStore(subscribe, () => fonts);
}
