import { describe, expect, it } from 'vitest';
import type { PageData, VisualData } from '../../../backend/types';
import { Turns } from './turns';

const ids = ['a', 'b', 'c', 'd'];

function answerOf(day: string): PageData {
  return { visuals: ids.map((id) => ({ id, subtitle: day }) as VisualData), slicers: [] } as unknown as PageData;
}

/** A clock whose frames come when the test says, and drawings that take as long as it says. */
function stage(cost: number) {
  let now = 0;
  let next: (() => void) | null = null;
  const drawn: string[] = [];
  const turns = new Turns({ now: () => now, request: (f) => { next = f; return 1; }, cancel: () => { next = null; } }, (f) => f());
  for (const id of ids) turns.listen(id, () => { now += cost; drawn.push(`${id} ${turns.get(id)?.subtitle}`); });
  const frame = () => {
    const f = next;
    next = null;
    f?.();
    return drawn.splice(0);
  };
  return { turns, frame };
}

describe('the turns of visuals while days pass', () => {
  it('draws as many in a frame as there is time for, in the order of the page', () => {
    const { turns, frame } = stage(3);
    turns.begin(answerOf('Monday'));
    turns.give(answerOf('Tuesday'));
    expect(frame()).toEqual(['a Tuesday', 'b Tuesday']);
    expect(frame()).toEqual(['c Tuesday', 'd Tuesday']);
    expect(frame()).toEqual([]);
  });

  it('draws one in a frame though it takes longer than there is', () => {
    const { turns, frame } = stage(50);
    turns.give(answerOf('Tuesday'));
    expect(frame()).toEqual(['a Tuesday']);
    expect(frame()).toEqual(['b Tuesday']);
  });

  it('starves nobody when days come faster than they are drawn', () => {
    const { turns, frame } = stage(50);
    const drawn: string[] = [];
    for (const day of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      turns.give(answerOf(day));
      drawn.push(...frame());
    }
    expect(drawn).toEqual(['a 1', 'b 2', 'c 3', 'd 4', 'a 5', 'b 6', 'c 7', 'd 8']);
  });

  it('shows what stood there until the turn comes, and nothing after the end', () => {
    const { turns, frame } = stage(50);
    turns.begin(answerOf('Monday'));
    turns.give(answerOf('Tuesday'));
    expect(turns.get('b')?.subtitle).toBe('Monday');
    turns.end();
    expect(frame()).toEqual([]);
    expect(turns.get('a')?.subtitle).toBe('Monday');
  });
});
