// An explanation read as the steps of a waterfall. Pure.
import type { ChangePart, ChangesView, Member, Result } from '../../../backend/types';
import { stepName } from './texts';

export const stepField = 'step';
export const stepKey = (part: Pick<ChangePart, 'kind' | 'field'>): string => `${part.kind}|${part.field}`;

/** The steps as a result of one group; what comes in stands before what goes out. Names of totals are given. */
export function stepsResult(view: ChangesView, before: string, after: string): Result {
  const parts = inOrder(view.parts);
  const members: Member[] = [
    { value: 'before', label: before, category: 'total' },
    ...parts.map((p) => ({ value: stepKey(p), label: stepName(p.kind, p.field) })),
    { value: 'after', label: after, category: 'total' },
  ];
  const amounts = [view.before ?? 0, ...parts.map((p) => p.delta), view.after ?? 0];
  return {
    dimensions: [{ field: stepField, name: 'Step', type: 'text', members }],
    rowGroups: 1,
    values: [view.value],
    rows: amounts.map((n, i) => ({ keys: [i], values: [n] })),
    total: { keys: [], values: [view.after] },
    asOf: view.to, timeZone: 'UTC', generation: view.generation,
  };
}

export function inOrder(parts: readonly ChangePart[]): ChangePart[] {
  return [...parts.filter((p) => p.delta >= 0), ...parts.filter((p) => p.delta < 0)];
}

/** The sum written out: "116 + 41 − 31 = 126". */
export function sumInWords(view: ChangesView, write: (n: number) => string): string {
  const terms = inOrder(view.parts).map((p) => ` ${p.delta < 0 ? '−' : '+'} ${write(Math.abs(p.delta))}`);
  return `${write(view.before ?? 0)}${terms.join('')} = ${write(view.after ?? 0)}`;
}
