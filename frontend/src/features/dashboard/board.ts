// What editing does to the tiles of a dashboard. Nothing here changes what it is given.
import { moveElement, verticalCompactor, type Layout } from 'react-grid-layout/core';
import type { Place, Tile } from '../../backend/types';
import { columns } from './layout';

/** What of a dashboard can be edited. */
export interface Board {
  tiles: Tile[];
  narrow: string[];
}

const mostHeight = 5;

/** The tiles as the grid knows them. */
export function layoutOf(tiles: readonly Tile[]): Layout {
  return tiles.map(({ id, place }) => ({ i: id, ...place, maxW: columns, maxH: mostHeight }));
}

/** The tiles at the places of a layout, moved up to where there is room. */
export function placed(tiles: readonly Tile[], layout: Layout): Tile[] {
  const places = new Map(verticalCompactor.compact(layout, columns).map(({ i, x, y, w, h }) => [i, { x, y, w, h }]));
  return tiles.map((tile) => ({ ...tile, place: places.get(tile.id) ?? tile.place }));
}

/** A tile one place further; downwards it goes past the next tile, because an empty row closes again. */
export function moved(tiles: readonly Tile[], id: string, dx: number, dy: number): Tile[] {
  for (let step = 1; step <= mostHeight; step += 1) {
    const layout = layoutOf(tiles).map((item) => ({ ...item }));
    const item = layout.find((l) => l.i === id);
    if (!item) break;
    const x = Math.min(Math.max(item.x + dx, 0), columns - item.w);
    const y = Math.max(item.y + dy * step, 0);
    const after = placed(tiles, moveElement(layout, item, x, y, true, false, 'vertical', columns));
    if (dy === 0 || !samePlaces(tiles, after)) return after;
  }
  return [...tiles];
}

/** A tile made wider or higher; the others make room. */
export function resized(tiles: readonly Tile[], id: string, dw: number, dh: number): Tile[] {
  return placed(
    tiles,
    layoutOf(tiles).map((item) => {
      if (item.i !== id) return item;
      const w = Math.min(Math.max(item.w + dw, 1), columns);
      return { ...item, w, h: Math.min(Math.max(item.h + dh, 1), mostHeight), x: Math.min(item.x, columns - w) };
    }),
  );
}

export function samePlaces(a: readonly Tile[], b: readonly Tile[]): boolean {
  const at = (p: Place) => `${p.x} ${p.y} ${p.w} ${p.h}`;
  return a.length === b.length && a.every((tile, i) => tile.id === b[i]?.id && at(tile.place) === at(b[i].place));
}

export function without(board: Board, id: string): Board {
  const tiles = board.tiles.filter((t) => t.id !== id);
  return { tiles: placed(tiles, layoutOf(tiles)), narrow: board.narrow.filter((n) => n !== id) };
}

/** A further tile, below all others. */
export function added(board: Board, tile: Tile): Board {
  const y = Math.max(0, ...board.tiles.map((t) => t.place.y + t.place.h));
  return { ...board, tiles: [...board.tiles, { ...tile, place: { ...tile.place, y } }] };
}

/** A tile as the program stores it: what it follows is its report's, and what was found out about it is not the document's. */
export function stored({ id, place, source, visual, state, pageId, title, subtitle, refreshed }: Tile): Partial<Tile> {
  return { id, place, state, pageId, title, subtitle, refreshed, ...(source ? { source } : { visual }) };
}
