import { describe, expect, it } from 'vitest';
import { canHide, canMove, hidden, instead, moved, renamed, withTabs } from './pageOrder';

const pages = [
  { id: 'a', name: 'A' },
  { id: 'b', name: 'B', hidden: true },
  { id: 'c', name: 'C' },
  { id: 'd', name: 'D' },
];
const ids = (list: readonly { id: string }[]) => list.map((p) => p.id).join('');

describe('the order of pages', () => {
  it('shows hidden pages only when asked, and the open one always', () => {
    expect(ids(withTabs(pages, false, 'a'))).toBe('acd');
    expect(ids(withTabs(pages, false, 'b'))).toBe('abcd');
    expect(ids(withTabs(pages, true, 'a'))).toBe('abcd');
  });
  it('moves a page past the next tab, not past a hidden page alone', () => {
    const tabs = withTabs(pages, false, 'a');
    expect(ids(moved(pages, tabs, 'a', 1))).toBe('bcad');
    expect(ids(moved(pages, tabs, 'c', -1))).toBe('cabd');
    expect(ids(moved(pages, tabs, 'd', 1))).toBe('abcd');
    expect([canMove(tabs, 'a', -1), canMove(tabs, 'd', 1), canMove(tabs, 'c', 1)]).toEqual([false, false, true]);
  });
  it('keeps everything else when one page is named or hidden', () => {
    expect(renamed(pages, 'c', '  See  ')).toEqual([
      { id: 'a', name: 'A', hidden: false },
      { id: 'b', name: 'B', hidden: true },
      { id: 'c', name: 'See', hidden: false },
      { id: 'd', name: 'D', hidden: false },
    ]);
    expect(hidden(pages, 'd', true).filter((p) => p.hidden).map((p) => p.id)).toEqual(['b', 'd']);
  });
  it('never hides the last page, and goes to the nearest one with a tab', () => {
    expect(canHide([{ id: 'a', name: 'A' }, { id: 'b', name: 'B', hidden: true }], 'a')).toBe(false);
    expect(canHide(pages, 'a')).toBe(true);
    expect([instead(pages, 'a'), instead(pages, 'c'), instead(pages, 'd')]).toEqual(['c', 'd', 'c']);
  });
});
