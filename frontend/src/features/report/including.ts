// Including and excluding what a mark stands for: the filter cards of its visual as they stand afterwards. Pure.
import type { Cell, Filter, PageState, Visual } from '../../backend/types';
import { keptBy, visualCards } from './cards';

/** One thing a mark stands for, with the card that can keep it or leave it out. */
export interface Including {
  field: string;
  /** What it is: one member, or everything that is not shown on its own. */
  values: readonly Cell[];
  other: boolean;
  card: string;
  include: Filter[];
  exclude: Filter[];
}

const opOf = (f: Filter) => f.op ?? 'in';

function without(kept: readonly Filter[], field: string, values: readonly Cell[]): Filter[] {
  const listed = kept.find((f) => !f.any && opOf(f) === 'in');
  const left = (listed?.values ?? []).filter((v) => !values.includes(v));
  if (listed && left.length > 0) return kept.map((f) => (f === listed ? { ...f, values: left } : f));
  const excluded = kept.find((f) => opOf(f) === 'notIn');
  const more = [...(excluded?.values ?? []), ...values.filter((v) => !excluded?.values?.includes(v))];
  const all: Filter = { field, op: 'notIn', values: more };
  return excluded ? kept.map((f) => (f === excluded ? all : f)) : [...kept, all];
}

/** What can be included and excluded for a mark of a visual: one choice for every column that it stands for and that has a card. */
export function including(visual: Visual, mark: readonly Filter[], state: PageState): Including[] {
  const cards = visualCards(visual).filter((c) => !c.locked && !c.hidden);
  return mark.flatMap((f): Including[] => {
    const card = cards.find((c) => c.field === f.field);
    const op = opOf(f);
    if (!card || (op !== 'in' && op !== 'notIn')) return [];
    const values = f.values ?? [];
    const one: Filter = { field: f.field, op, values };
    const other = op === 'notIn';
    const exclude = other ? [{ field: f.field, op: 'in' as const, values }] : without(keptBy(visual.id, card, state), f.field, values);
    return [{ field: f.field, values, other, card: `${visual.id}/${card.id}`, include: [one], exclude }];
  });
}
