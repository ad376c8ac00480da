import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DotLayer, stepTo } from './DotLayer';
import { MarkMenuContext } from './markMenu';
import type { Mark } from './model';

afterEach(cleanup);

const dot = (i: number): Mark => {
  const rect = { x: 20 * i, y: 50, width: 7, height: 7 };
  return { key: `d${i}`, rect, hit: rect, category: i, part: 0, name: `Item ${i}: 4 days`, head: `Item ${i}`, tip: [], filters: [{ field: 'Work items[Id]', op: 'in', values: [i] }], selected: false };
};
const marks = Array.from({ length: 1_000 }, (_, i) => dot(i));

describe('thousands of dots', () => {
  it('are one element, which says which of how many it is', () => {
    render(<DotLayer marks={marks} along="row" label="Cycle time" onPoint={() => {}} />);
    const [only, ...rest] = screen.getAllByRole('option');
    expect(rest).toEqual([]);
    expect(only?.getAttribute('aria-label')).toBe('Item 0: 4 days');
    expect([only?.getAttribute('aria-posinset'), only?.getAttribute('aria-setsize')]).toEqual(['1', '1000']);
  });

  it('are walked with the keys, by one, by a twentieth and to the ends', () => {
    expect(['ArrowRight', 'ArrowLeft', 'PageDown', 'End', 'Home', 'a'].map((key) => stepTo(key, 10, 1_000))).toEqual([11, 9, 60, 999, 0, null]);
    const onPick = vi.fn();
    render(<DotLayer marks={marks} along="row" label="Cycle time" onPick={onPick} onPoint={() => {}} />);
    const list = screen.getByRole('listbox', { name: 'Cycle time, marks' });
    fireEvent.keyDown(list, { key: 'PageDown' });
    fireEvent.keyDown(list, { key: 'ArrowRight' });
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(onPick).toHaveBeenCalledWith([{ field: 'Work items[Id]', op: 'in', values: [51] }], false);
  });

  it('answer to the pointer near them, and to a click beside them all', () => {
    const onPick = vi.fn();
    render(<DotLayer marks={marks} along="row" label="Cycle time" onPick={onPick} onPoint={() => {}} />);
    const list = screen.getByRole('listbox');
    fireEvent.click(list, { clientX: 64, clientY: 60, ctrlKey: true });
    fireEvent.click(list, { clientX: 64, clientY: 300 });
    expect(onPick.mock.calls).toEqual([[[{ field: 'Work items[Id]', op: 'in', values: [3] }], true], [[], false]]);
  });

  it('have the menu of every mark', () => {
    const open = vi.fn();
    render(
      <MarkMenuContext value={open}>
        <DotLayer marks={marks} along="row" label="Cycle time" onPoint={() => {}} />
      </MarkMenuContext>,
    );
    fireEvent.contextMenu(screen.getByRole('listbox'), { clientX: 44, clientY: 52 });
    expect(open).toHaveBeenCalledWith(expect.objectContaining({ name: 'Item 2' }), { x: 44, y: 52 });
  });
});
