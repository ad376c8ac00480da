// Whether marks may move to their new places, and whether the fonts that labels are measured in are there.
import { useSyncExternalStore } from 'react';
import { forgetWidths } from './textWidth';

const reduced = () => window.matchMedia?.('(prefers-reduced-motion: reduce)');

/** Nothing moves for a person who asked for that, nor on a page that is being pictured (`data-still` on html). */
export function isStill(): boolean {
  return document.documentElement.hasAttribute('data-still') || Boolean(reduced()?.matches);
}

let fonts = 0;
const waiting = new Set<() => void>();

void document.fonts?.ready.then(() => {
  forgetWidths();
  fonts++;
  waiting.forEach((tell) => tell());
});

function subscribe(changed: () => void) {
  waiting.add(changed);
  return () => waiting.delete(changed);
}

/** Changes once, when the fonts have arrived: a layout made before was measured in another font. */
export function useFonts(): number {
  return useSyncExternalStore(subscribe, () => fonts);
}
