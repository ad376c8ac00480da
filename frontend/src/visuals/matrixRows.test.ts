import { describe, expect, it } from 'vitest';
import { rowsInSight } from './Matrix';

describe('the rows of a matrix that are drawn', () => {
  it('are all of them while they are few', () => {
    expect(rowsInSight(3, null)).toEqual({ before: 0, shown: [0, 1, 2], after: 0 });
  });

  it('are those in sight and the last, with the height of the others', () => {
    const { before, shown, after } = rowsInSight(100, [{ index: 40 }, { index: 41 }, { index: 42 }]);
    expect(shown).toEqual([40, 41, 42, 99]);
    expect(before).toBe(40 * 28);
    expect(before + after + shown.length * 28).toBe(100 * 28);
  });

  it('hold the last one once when it is in sight', () => {
    const { before, shown, after } = rowsInSight(100, [{ index: 97 }, { index: 98 }, { index: 99 }]);
    expect(shown).toEqual([97, 98, 99]);
    expect(before + after + shown.length * 28).toBe(100 * 28);
  });

  it('keep the height when only the last row is in sight', () => {
    const { before, shown, after } = rowsInSight(100, [{ index: 99 }]);
    expect(shown).toEqual([99]);
    expect(before + after + shown.length * 28).toBe(100 * 28);
  });

  it('are the first ones before anything is measured', () => {
    const { before, shown, after } = rowsInSight(100, []);
    expect(shown[0]).toBe(0);
    expect(shown.at(-1)).toBe(99);
    expect(before + after + shown.length * 28).toBe(100 * 28);
  });
});
