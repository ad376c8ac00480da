import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MarkLayer, neighbour } from './MarkLayer';
import type { Mark } from './model';
import { placeTooltip } from './Tooltip';

afterEach(cleanup);

const mark = (key: string, category: number, part: number, more: Partial<Mark> = {}): Mark => ({
  key, category, part,
  rect: { x: 10 * category, y: 0, width: 8, height: 20 },
  hit: { x: 10 * category, y: 0, width: 10, height: 40 },
  name: key, head: key, tip: [{ name: 'Open bugs', value: '6 of 10', color: '#000000' }],
  filters: [{ field: 'A', values: [key] }],
  selected: false,
  ...more,
});
const stack = [mark('a', 0, 0), mark('a1', 0, 1), mark('a2', 0, 2), mark('b', 1, 0), mark('b1', 1, 1), mark('c', 2, 0)];

function show(marks: Mark[]) {
  const onPick = vi.fn();
  const onPoint = vi.fn();
  render(<MarkLayer marks={marks} along="row" label="Open bugs" onPick={onPick} onPoint={onPoint} />);
  return { onPick, onPoint };
}

describe('marks', () => {
  it('are the options of a list, one of them in the tab order', () => {
    show(stack);
    expect(screen.getByRole('listbox', { name: 'Open bugs, marks' })).toBeTruthy();
    expect(screen.getAllByRole('option').map((o) => o.tabIndex)).toEqual([0, -1, -1, -1, -1, -1]);
  });

  it('are picked by a click, and added with Ctrl', () => {
    const { onPick } = show(stack);
    fireEvent.click(screen.getByRole('option', { name: 'b1' }));
    fireEvent.click(screen.getByRole('option', { name: 'c' }), { ctrlKey: true });
    expect(onPick.mock.calls).toEqual([
      [[{ field: 'A', values: ['b1'] }], false],
      [[{ field: 'A', values: ['c'] }], true],
    ]);
  });

  it('are walked with the arrow keys and picked with Enter and the space bar', () => {
    const { onPick } = show(stack);
    screen.getByRole('option', { name: 'a' }).focus();
    const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
    press('ArrowUp');
    press('ArrowRight');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('b1');
    press('Enter');
    press('End');
    press(' ', { ctrlKey: true });
    expect(onPick.mock.calls).toEqual([
      [[{ field: 'A', values: ['b1'] }], false],
      [[{ field: 'A', values: ['c'] }], true],
    ]);
  });

  it('that mean nothing cannot be picked', () => {
    const { onPick } = show([mark('day', 0, 0, { filters: [] })]);
    fireEvent.click(screen.getByRole('option', { name: 'day' }));
    expect(onPick).not.toHaveBeenCalled();
  });

  it('leave a click beside them to clear', () => {
    const { onPick } = show(stack);
    fireEvent.click(screen.getByRole('listbox'));
    expect(onPick.mock.calls).toEqual([[[], false]]);
  });

  it('tell a screen reader what is picked', () => {
    show([mark('a', 0, 0, { selected: true }), mark('b', 1, 0)]);
    expect(screen.getAllByRole('option').map((o) => o.getAttribute('aria-selected'))).toEqual(['true', 'false']);
  });

  it('say what they are after a moment, as text and never as markup', () => {
    vi.useFakeTimers();
    const evil = '<img src=x onerror=alert(1)>';
    const { onPoint } = show([mark('a', 0, 0, { head: evil, seriesId: 's', tip: [{ name: evil, value: '3' }] })]);
    fireEvent.mouseEnter(screen.getByRole('option'));
    expect(screen.queryByText('Enter filters the page')).toBeNull();
    vi.runAllTimers();
    vi.useRealTimers();
    return screen.findByText('Enter filters the page').then(() => {
      expect(screen.getAllByText(evil)).toHaveLength(2);
      expect(document.querySelector('img')).toBeNull();
      expect(onPoint).toHaveBeenCalledWith('s');
    });
  });
});

describe('arrow keys', () => {
  it.each([
    ['ArrowRight', 'row', 0, 3],
    ['ArrowLeft', 'row', 3, 0],
    ['ArrowUp', 'row', 0, 1],
    ['ArrowDown', 'row', 2, 1],
    ['ArrowDown', 'column', 0, 3],
    ['ArrowRight', 'column', 0, 1],
    ['End', 'row', 1, 5],
    ['Home', 'row', 4, 1],
    ['ArrowUp', 'row', 2, 2],
    ['ArrowRight', 'row', 5, 5],
  ] as const)('%s along a %s leads from %d to %d', (key, along, from, to) => expect(neighbour(stack, from, key, along)).toBe(to));
  it('leave other keys to others', () => expect(neighbour(stack, 0, 'x', 'row')).toBeNull());
});

describe('a tooltip', () => {
  const room = { width: 800, height: 600 };
  const tip = { width: 120, height: 60 };
  const clear = (m: { x: number; y: number; width: number; height: number }) => {
    const { left, top } = placeTooltip(m, tip, room);
    const apart = left + tip.width <= m.x || left >= m.x + m.width || top + tip.height <= m.y || top >= m.y + m.height;
    const inside = left >= 0 && top >= 0 && left + tip.width <= room.width && top + tip.height <= room.height;
    return apart && inside;
  };
  it.each([
    [{ x: 400, y: 300, width: 40, height: 20 }],
    [{ x: 4, y: 10, width: 40, height: 20 }],
    [{ x: 780, y: 580, width: 20, height: 20 }],
    [{ x: 100, y: 20, width: 40, height: 560 }],
    [{ x: 700, y: 20, width: 40, height: 560 }],
  ])('never covers its mark %j and stays in the window', (m) => expect(clear(m)).toBe(true));
});
