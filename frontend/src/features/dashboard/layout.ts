// Where tiles stand: five equal columns, rows that fill the window and then scroll.
import type { Tile } from '../../backend/types';

export const columns = 5;
const gap = 12;
const leastRow = 148;

export function rowsOf(tiles: readonly Tile[]): number {
  return Math.max(1, ...tiles.map((t) => t.place.y + t.place.h));
}

/** The height below which the dashboard scrolls instead of shrinking further. */
export function leastHeight(tiles: readonly Tile[]): number {
  const rows = rowsOf(tiles);
  return rows * leastRow + (rows - 1) * gap;
}

export function tilePlace({ place }: Tile): { gridColumn: string; gridRow: string } {
  return { gridColumn: `${place.x + 1} / span ${place.w}`, gridRow: `${place.y + 1} / span ${place.h}` };
}

/** In a narrow window: cards three in a row, then the rest at full width, each in the order of the dashboard. */
export function narrowOrder(tiles: readonly Tile[]): Tile[] {
  const placed = tiles.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
  return [...placed.filter((t) => t.visual.type === 'card'), ...placed.filter((t) => t.visual.type !== 'card')];
}

export function narrowPlace(tile: Tile): { gridColumn: string; height: number } {
  if (tile.visual.type === 'card') return { gridColumn: 'span 2', height: 158 };
  return { gridColumn: 'span 6', height: tile.visual.type === 'bar' ? 190 : 226 };
}
