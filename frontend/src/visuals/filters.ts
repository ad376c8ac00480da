// Picked marks as filters, and how a pick joins those before it.
import type { Cell, Dimension, Filter, Member } from '../backend/types';

/** What picking a member means: its value (a period is "first/last day"); "Other" is everything not shown. */
export function memberFilters(dimension: Dimension, member: Member): Filter[] {
  const { field } = dimension;
  if (member.other) {
    const shown = dimension.members.filter((m) => !m.other).map((m) => m.value);
    return [{ field, op: 'notIn', values: shown }];
  }
  return [{ field, op: 'in', values: [member.value] }];
}

const same = (a: readonly Cell[] = [], b: readonly Cell[] = []) => a.length === b.length && a.every((v) => b.includes(v));

/** Whether everything a mark stands for is among the picked. */
export function isPicked(mark: readonly Filter[], picked: readonly Filter[] | null): boolean {
  if (!picked || picked.length === 0 || mark.length === 0) return false;
  return picked.every((p) => mark.some((m) => m.field === p.field && covers(p, m)));
}

function covers(p: Filter, m: Filter): boolean {
  if ((p.op ?? 'in') !== (m.op ?? 'in')) return false;
  if (p.op === 'notIn') return same(p.values, m.values);
  return (m.values ?? []).every((v) => (p.values ?? []).includes(v));
}

/** Two sets of filters that mean the same. */
export function sameFilters(a: readonly Filter[], b: readonly Filter[]): boolean {
  return a.length === b.length && isPicked(a, b) && isPicked(b, a);
}

/**
 * Adds a mark to what is picked, or takes it away when it was (Ctrl+click). Marks of another kind start
 * anew. Empty means nothing is picked any more.
 */
export function togglePicked(picked: readonly Filter[], mark: readonly Filter[]): Filter[] {
  const kin =
    picked.length === mark.length && picked.every((p) => mark.some((m) => m.field === p.field && (m.op ?? 'in') === (p.op ?? 'in') && p.op !== 'notIn'));
  if (!kin) return sameFilters(picked, mark) ? [] : [...mark];
  if (sameFilters(picked, mark)) return [];
  const taking = isPicked(mark, picked);
  // Only one field can shrink without losing marks that were not meant: the one that holds several.
  const out = picked.map((p) => {
    const m = mark.find((f) => f.field === p.field) ?? p;
    const values = p.values ?? [];
    const added = (m.values ?? []).filter((v) => !values.includes(v));
    if (!taking) return { ...p, values: [...values, ...added] };
    return values.length > 1 ? { ...p, values: values.filter((v) => !(m.values ?? []).includes(v)) } : p;
  });
  return out;
}
