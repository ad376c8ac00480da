// Where tiles stand: five equal columns, rows that fill the window and then scroll.
import type { Tile } from '../../backend/types';

export const columns = 5;
export const gap = 12;
export const leastRow = 148;
const tableHead = 90;
const tableRow = 22;
const mostRows = 8;

/** The least height of each row. A table of a few rows, one tile high, gets the height that shows them all. */
function leastRows(tiles: readonly Tile[]): number[] {
  const rows = Math.max(1, ...tiles.map((t) => t.place.y + t.place.h));
  return Array.from({ length: rows }, (_, row) => Math.max(leastRow, ...tiles.filter((t) => t.place.y === row && t.place.h === 1).map(tableHeight)));
}

// Title, subtitle and the heads of the columns, then the rows as close as they may stand.
function tableHeight({ visual }: Tile): number {
  const top = visual.query.top ?? 0;
  return visual.type === 'table' && top > 0 && top <= mostRows ? tableHead + top * tableRow : leastRow;
}

/** Rows for CSS grid: equal shares of the window, none below what it needs. */
export function gridRows(tiles: readonly Tile[]): string {
  return leastRows(tiles)
    .map((height) => `minmax(${height}px, 1fr)`)
    .join(' ');
}

/** The height below which the dashboard scrolls instead of shrinking further. */
export function leastHeight(tiles: readonly Tile[]): number {
  const rows = leastRows(tiles);
  return rows.reduce((sum, height) => sum + height, 0) + (rows.length - 1) * gap;
}

export function tilePlace({ place }: Tile): { gridColumn: string; gridRow: string } {
  return { gridColumn: `${place.x + 1} / span ${place.w}`, gridRow: `${place.y + 1} / span ${place.h}` };
}

/**
 * In a narrow window: the tiles in an order of their own, named by `order`; without one cards three in a row, then the
 * rest at full width, each in the order of the dashboard.
 */
export function narrowOrder(tiles: readonly Tile[], order: readonly string[] = []): Tile[] {
  const placed = tiles.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
  const cards = [...placed.filter((t) => t.visual.type === 'card'), ...placed.filter((t) => t.visual.type !== 'card')];
  const named = order.flatMap((id) => cards.find((t) => t.id === id) ?? []);
  return [...named, ...cards.filter((t) => !named.includes(t))];
}

export function narrowPlace(tile: Tile): { gridColumn: string; height: number } {
  if (tile.visual.type === 'card') return { gridColumn: 'span 2', height: 158 };
  return { gridColumn: 'span 6', height: tile.visual.type === 'bar' ? 190 : 226 };
}
