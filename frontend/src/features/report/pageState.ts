// What a person chose on a page, and how each step changes it. Pure: see usePageState for where it is kept.
import type { Cell, Filter, PageState } from '../../backend/types';
import { sameFilters, togglePicked } from '../../visuals/filters';

export type PageStep =
  | { type: 'slice'; slicer: string; values: Cell[] }
  /** A mark was picked in a visual; no filters is a click beside every mark. */
  | { type: 'pick'; visual: string; filters: Filter[]; add: boolean }
  | { type: 'clearSelection' }
  /** A day or an instant; empty is today. */
  | { type: 'asOf'; asOf: string }
  | { type: 'compare'; compareWith: string }
  | { type: 'reset' };

/** A page as its author left it. */
export const untouched: PageState = {};

export function pageStep(state: PageState, step: PageStep): PageState {
  switch (step.type) {
    case 'slice':
      return slice(state, step.slicer, step.values);
    case 'pick':
      return pick(state, step);
    case 'clearSelection':
      return state.selection ? { ...state, selection: null } : state;
    case 'asOf':
      return (state.asOf ?? '') === step.asOf ? state : { ...state, asOf: step.asOf };
    case 'compare':
      return (state.compareWith ?? '') === step.compareWith ? state : { ...state, compareWith: step.compareWith };
    case 'reset':
      return untouched;
  }
}

function slice(state: PageState, slicer: string, values: Cell[]): PageState {
  const slicers = { ...state.slicers };
  if (values.length === 0) delete slicers[slicer];
  else slicers[slicer] = values;
  return { ...state, slicers };
}

// A click picks one mark, the same click again picks nothing, Ctrl adds marks of the same visual. A click
// beside the marks clears what was picked in that visual and leaves other visuals' alone.
function pick(state: PageState, { visual, filters, add }: Extract<PageStep, { type: 'pick' }>): PageState {
  const own = state.selection?.visual === visual ? state.selection.filters : [];
  if (filters.length === 0) return own.length > 0 ? { ...state, selection: null } : state;
  const next = add ? togglePicked(own, filters) : sameFilters(own, filters) ? [] : filters;
  return { ...state, selection: next.length > 0 ? { visual, filters: next } : null };
}

/** Whether the page shows what its author left. */
export function isUntouched(state: PageState): boolean {
  const sliced = Object.values(state.slicers ?? {}).some((values) => values.length > 0);
  return !sliced && !state.selection && !state.asOf && !state.compareWith;
}

/** A stored state, or the untouched one when what was stored is none of ours. */
export function readState(text: string | null): PageState {
  if (!text) return untouched;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return untouched;
    const { slicers, selection, asOf, compareWith } = read as PageState;
    const out: PageState = {};
    if (typeof slicers === 'object' && slicers !== null && Object.values(slicers).every(Array.isArray)) out.slicers = slicers;
    if (selection && typeof selection.visual === 'string' && Array.isArray(selection.filters)) out.selection = selection;
    if (typeof asOf === 'string') out.asOf = asOf;
    if (typeof compareWith === 'string') out.compareWith = compareWith;
    return out;
  } catch {
    return untouched;
  }
}
