// Where the visuals of a page stand: twelve columns, rows in fractions, a row of cards 84 high.
import type { Visual } from '../../backend/types';

const gap = 12;
const cardRow = 84;
const leastRow = 28;

/** The height of each row that holds nothing but cards; null for rows that share what is left. */
function rowHeights(visuals: readonly Visual[]): (number | null)[] {
  const rows = Math.max(0, ...visuals.map((v) => v.place.y + v.place.h));
  return Array.from({ length: rows }, (_, row) => {
    const own = visuals.filter((v) => v.place.y <= row && row < v.place.y + v.place.h);
    const card = own[0];
    return card && own.every((v) => v.type === 'card') ? (cardRow - (card.place.h - 1) * gap) / card.place.h : null;
  });
}

/** Rows for CSS grid. Rows of cards keep their height; the others share the rest. */
export function gridRows(visuals: readonly Visual[]): string {
  return rowHeights(visuals)
    .map((height) => (height === null ? `minmax(${leastRow}px, 1fr)` : `${height}px`))
    .join(' ');
}

/** The height below which the page scrolls instead of shrinking further. */
export function leastHeight(visuals: readonly Visual[]): number {
  const heights = rowHeights(visuals);
  return heights.reduce<number>((sum, h) => sum + (h ?? leastRow), 0) + Math.max(0, heights.length - 1) * gap;
}

export function gridPlace({ place }: Visual): { gridColumn: string; gridRow: string } {
  return { gridColumn: `${place.x + 1} / span ${place.w}`, gridRow: `${place.y + 1} / span ${place.h}` };
}

/** In a narrow window: cards three in a row, then everything at full width in the order of the page. */
export function narrowOrder(visuals: readonly Visual[]): Visual[] {
  const placed = visuals.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
  return [...placed.filter((v) => v.type === 'card'), ...placed.filter((v) => v.type !== 'card')];
}

/** `cards` is how many there are: four stand two by two, so that none is left alone. */
export function narrowPlace(visual: Visual, cards: number): { gridColumn: string; height: number } {
  if (visual.type === 'card') return { gridColumn: cards === 4 || cards === 2 ? 'span 3' : 'span 2', height: cardRow };
  const tall = visual.type === 'table' || visual.type === 'matrix' || visual.type === 'heat' || (visual.type === 'bar' && visual.place.h > 4);
  if (visual.type === 'bar' && !tall) return { gridColumn: 'span 6', height: 190 };
  return { gridColumn: 'span 6', height: tall ? 320 : 226 };
}
