import { describe, expect, it } from 'vitest';
import type { Place, Tile } from '../../backend/types';
import { added, moved, placed, layoutOf, resized, stored, without } from './board';
import { narrowOrder } from './layout';
import { kindOf } from './picture';

const tile = (id: string, x: number, y: number, w: number, h: number, more: Partial<Tile> = {}): Tile => ({
  id, place: { x, y, w, h }, source: null, page: null, state: {}, pageId: 'p', title: '', subtitle: '', refreshed: false, datasetId: 'ds', missing: '',
  visual: { id, type: 'card', title: id, place: { x: 0, y: 0, w: 1, h: 1 }, query: { values: [] }, options: {} }, ...more,
});
const places = (tiles: readonly Tile[]) => Object.fromEntries(tiles.map((t) => [t.id, Object.values(t.place).join(' ')]));
const overlap = (a: Place, b: Place) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const board = [tile('a', 0, 0, 1, 1), tile('b', 1, 0, 1, 1), tile('big', 0, 1, 2, 2), tile('c', 4, 0, 1, 1)];

describe('arranging', () => {
  it('moves a tile beside others', () => expect(places(moved(board, 'b', 1, 0))['b']).toBe('2 0 1 1'));
  it('keeps a tile within the five columns', () => {
    expect(places(moved(board, 'c', 1, 0))).toEqual(places(board));
    expect(places(resized(board, 'c', 9, 9))['c']).toMatch(/^0 \d 5 5$/);
    expect(places(resized(board, 'a', -1, -1))['a']).toBe('0 0 1 1');
  });
  it('moves a tile below a higher one in one step', () => {
    const after = moved(board, 'a', 0, 1);
    expect(places(after)['a']).not.toBe('0 0 1 1');
  });
  it('leaves no two tiles on one place, whatever is done', () => {
    let now = board;
    for (let i = 0; i < 200; i += 1) {
      const id = now[(i * 7) % now.length]?.id ?? '';
      const [dx = 0, dy = 0] = [[1, 0], [0, 1], [-1, 0], [0, -1]][i % 4] ?? [];
      now = (i % 3 === 0 ? resized : moved)(now, id, dx, dy);
      for (const [n, t] of now.entries()) {
        expect(t.place.x + t.place.w).toBeLessThanOrEqual(5);
        for (const other of now.slice(n + 1)) expect(overlap(t.place, other.place), `${t.id} on ${other.id}, step ${i}`).toBe(false);
      }
    }
  });
  it('closes the gap that a deleted tile leaves', () => {
    const after = without({ tiles: [tile('a', 0, 0, 2, 1), tile('b', 0, 1, 2, 2)], narrow: ['b', 'a'] }, 'a');
    expect(places(after.tiles)).toEqual({ b: '0 0 2 2' });
    expect(after.narrow).toEqual(['b']);
  });
  it('puts a new tile below all others', () => expect(places(added({ tiles: board, narrow: [] }, tile('n', 0, 0, 2, 1)).tiles)['n']).toBe('0 3 2 1'));
  it('never changes what it was given', () => {
    const before = JSON.stringify(board);
    moved(board, 'a', 1, 1);
    placed(board, layoutOf(board));
    expect(JSON.stringify(board)).toBe(before);
  });
});

it('stores of a tile that follows a report no visual, and nothing that was found out', () => {
  const kept = stored(tile('a', 0, 0, 1, 1, { source: { reportId: 'r', pageId: 'p', visualId: 'v' }, missing: 'gone' }));
  expect(Object.keys(kept).sort()).toEqual(['id', 'pageId', 'place', 'refreshed', 'source', 'state', 'subtitle', 'title']);
  expect(stored(tile('a', 0, 0, 1, 1))).toHaveProperty('visual');
});
it('has an order of its own in a narrow window', () => expect(narrowOrder(board, ['big', 'gone', 'c']).map((t) => t.id)).toEqual(['big', 'c', 'a', 'b']));
it('knows a picture by its bytes', () => {
  const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
  expect(kindOf(bytes('\x89PNG\r\n\x1a\n0000'))).toBe('image/png');
  expect(kindOf(bytes('RIFF0000WEBP'))).toBe('image/webp');
  expect(kindOf(bytes('<svg xmlns="">'))).toBeNull();
});
