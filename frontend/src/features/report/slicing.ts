// What a slicer keeps now, as the program understands it. Pure.
import type { Filter, PageState, Slicer } from '../../backend/types';

/** The filter of a slicer: what was picked, else its default; null when it keeps everything. */
export function slicerFilter(slicer: Slicer, state: PageState): Filter | null {
  const { field } = slicer;
  const picked = state.slicers?.[slicer.id];
  if (!picked) return slicer.default ? { ...slicer.default, field } : null;
  if (picked.length === 0) return null;
  if (slicer.kind === 'between') {
    const [low = null, high = null] = picked;
    if (low === null && high === null) return null;
    if (high === null) return { field, op: '>=', values: [low] };
    return low === null ? { field, op: '<=', values: [high] } : { field, op: 'between', values: [low, high] };
  }
  if (slicer.kind === 'relative') {
    const [op, ...values] = picked;
    return typeof op === 'string' ? { field, op: op as Filter['op'] & string, values } : null;
  }
  const values = slicer.single ? picked.slice(0, 1) : picked;
  return { field, ...(slicer.op && !values.includes(null) ? { op: slicer.op } : {}), values };
}
