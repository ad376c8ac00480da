// What a visual can be sorted by: its values and its row groups. Pure.
import type { Result, Sort, Visual } from '../../backend/types';
import type { SortChoice } from '../../visuals/VisualFrame';

/** Drawings whose order means something else, or that have none. */
const unsorted = new Set(['card', 'scatter', 'control', 'burndown', 'velocity', 'percentiles', 'text', 'image', 'heat']);

export function sortChoices(visual: Visual, result: Result | null | undefined, chosen: readonly Sort[] | undefined): SortChoice[] {
  if (!result || unsorted.has(visual.type) || result.rowGroups === 0) return [];
  const now = chosen?.[0] ?? visual.query.sort?.[0];
  const isNow = (...names: (string | undefined)[]) => now !== undefined && names.some((n) => n !== undefined && n.toLowerCase() === now.by.toLowerCase());
  const groups = result.dimensions.slice(0, result.rowGroups).map((d) => ({ by: d.field, name: d.name, number: false, now: isNow(d.field), ...way(now) }));
  const values = result.values.map((v) => ({ by: v.name, name: v.name, number: true, now: isNow(v.name, v.measure), ...way(now) }));
  return [...values, ...groups];
}

const way = (now: Sort | undefined) => ({ descending: now?.descending ?? false });
