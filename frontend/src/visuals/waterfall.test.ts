import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { dimension, input, light, measure, result, seriesOf, numbersOf, colorsOf, opacitiesOf, textsOf } from './testResult';
import { scaleOf, stepsOf, waterfall } from './waterfall';

beforeEach(() => setLocale('en-GB'));

const names = ['Open on 4 Nov', 'Created', 'Moved in', 'Completed', 'Removed', 'Open on 18 Nov'];
const steps = dimension({ field: 'step', name: 'Step', members: names.map((label, i) => ({ value: label, label, ...(i === 0 || i === 5 ? { category: 'total' } : {}) })) });
const of = (...amounts: number[]) => result({ rows: [steps], cells: amounts.map((n, i): [number[], number[]] => [[i], [n]]) });
const changed = of(116, 41, 4, -34, -1, 126);

describe('a waterfall', () => {
  it('lets each step begin where the one before ended, and end at the second total', () => {
    expect(stepsOf(changed).map((s) => [s.from, s.to])).toEqual([[0, 116], [116, 157], [157, 161], [161, 127], [127, 126], [0, 126]]);
  });

  it('cuts its axis where the steps would hardly be seen, and shows the break in both totals', () => {
    const { scale, cut } = scaleOf(stepsOf(changed), 240, true);
    expect(cut).toBe(true);
    expect([scale.min > 0, scale.min < 116, scale.max >= 161]).toEqual([true, true, true]);
    const drawn = (waterfall.build(input('column', changed)).option as { graphic: { elements: { id: string }[] } }).graphic.elements.map((e) => e.id);
    expect(drawn.filter((id) => id.startsWith('break'))).toEqual(['break0', 'break5']);
  });

  it('stands on zero where the steps are large, and never cuts below it', () => {
    expect(scaleOf(stepsOf(of(10, 40, 0, -30, 0, 20)), 240, true)).toMatchObject({ cut: false, scale: { min: 0 } });
    expect(scaleOf(stepsOf(of(0, 0, 0, 0, 0, 0)), 240, true).cut).toBe(false);
    expect(scaleOf(stepsOf(of(5, 0, 0, 0, 0, 5)), 240, true).cut).toBe(false);
  });

  it('prints the sign of every step and the level of every total', () => {
    expect(textsOf(waterfall.build(input('column', changed)))).toEqual(['116', '+41', '+4', '−34', '−1', '126']);
  });

  it('draws the lower end unseen and the step above it', () => {
    const [under, shown] = seriesOf(waterfall.build(input('column', changed)));
    expect(numbersOf(under)).toEqual([0, 116, 157, 127, 126, 0]);
    expect(numbersOf(shown)).toEqual([116, 41, 4, 34, 1, 126]);
  });

  it('colours more by what it means, not by more', () => {
    const { diverging, measure: m } = light.color;
    expect(colorsOf(seriesOf(waterfall.build(input('column', changed)))[1])).toEqual([m.ink, diverging.worse3, diverging.worse3, diverging.better3, diverging.better3, m.ink]);
    const good = { ...changed, values: [measure('Completed items', { direction: 'upIsBetter' })] };
    expect(colorsOf(seriesOf(waterfall.build(input('column', good)))[1]).slice(1, 4)).toEqual([diverging.better3, diverging.better3, diverging.worse3]);
    expect(waterfall.legend(input('column', changed)).map((l) => l.name)).toEqual(['More open bugs', 'Fewer', 'Total']);
  });

  it('picks steps but not totals, and dims the other steps', () => {
    const model = waterfall.build(input('column', changed, { selection: [{ field: 'step', op: 'in', values: ['Created'] }] }));
    expect(model.marks.map((m) => [m.name, m.filters.length, m.selected])).toEqual([
      ['Open on 4 Nov: 116', 0, false], ['Created: +41', 1, true], ['Moved in: +4', 1, false], ['Completed: −34', 1, false], ['Removed: −1', 1, false], ['Open on 18 Nov: 126', 0, false],
    ]);
    expect(opacitiesOf(seriesOf(model)[1])).toEqual([1, 1, 0.5, 0.5, 0.5, 1]);
  });
});
