// What a person chose on a page, and how each step changes it. Pure: see memory.ts for where it is kept.
import type { Cell, Drill, Filter, PageState, Sort } from '../../backend/types';
import { sameFilters, togglePicked } from '../../visuals/filters';

/** How the page is looked at: no query depends on it. */
export interface PageView {
  /** Visuals that show their numbers as a table, beneath the drawing or in its place. */
  tables?: string[];
  /** The visual that fills the page. */
  focus?: string;
  /** The visual that stands out while the others are dimmed. */
  spotlight?: string;
}

/** All that a reader can change on a page. */
export interface Reading {
  state: PageState;
  view: PageView;
}

export type PageStep =
  /** No values are all members; null is what the author chose. */
  | { type: 'slice'; slicer: string; values: Cell[] | null; hasDefault?: boolean }
  /** A mark was picked in a visual; no filters is a click beside every mark. */
  | { type: 'pick'; visual: string; filters: Filter[]; add: boolean }
  | { type: 'clearSelection' }
  /** A filter card by "report/ID", "page/ID" or "VISUAL/ID"; no filters is (All), null what the author chose. */
  | { type: 'card'; card: string; filters: Filter[] | null }
  | { type: 'drill'; visual: string; drill: Drill | null }
  | { type: 'sort'; visual: string; sort: Sort[] | null }
  /** A day or an instant; empty is today. */
  | { type: 'asOf'; asOf: string }
  | { type: 'compare'; compareWith: string }
  | { type: 'table'; visual: string; show: boolean }
  | { type: 'focus'; visual: string }
  | { type: 'spotlight'; visual: string }
  | { type: 'reset' };

/** A page as its author left it. */
export const untouched: PageState = {};

/** A page as its author left it, with all that can be changed. */
export const unread: Reading = { state: untouched, view: {} };

export function readingStep(before: Reading, step: PageStep): Reading {
  const view = viewStep(before.view, step);
  const state = pageStep(before.state, step);
  return view === before.view && state === before.state ? before : { state, view };
}

export function pageStep(state: PageState, step: PageStep): PageState {
  switch (step.type) {
    case 'slice':
      return { ...state, slicers: put(state.slicers, step.slicer, step.values?.length === 0 && !step.hasDefault ? null : step.values) };
    case 'pick':
      return pick(state, step);
    case 'clearSelection':
      return state.selection ? { ...state, selection: null } : state;
    case 'card':
      return { ...state, cards: put(state.cards, step.card, step.filters) };
    case 'drill': {
      // What was picked in the visual stands at another level: it is gone with its marks.
      const selection = state.selection?.visual === step.visual ? null : (state.selection ?? null);
      return { ...state, selection, drill: put(state.drill, step.visual, isTop(step.drill) ? null : step.drill) };
    }
    case 'sort':
      return { ...state, sort: put(state.sort, step.visual, step.sort) };
    case 'asOf':
      return (state.asOf ?? '') === step.asOf ? state : { ...state, asOf: step.asOf };
    case 'compare':
      return (state.compareWith ?? '') === step.compareWith ? state : { ...state, compareWith: step.compareWith };
    case 'reset':
      return untouched;
    default:
      return state;
  }
}

function viewStep(view: PageView, step: PageStep): PageView {
  switch (step.type) {
    case 'table': {
      const others = (view.tables ?? []).filter((v) => v !== step.visual);
      return { ...view, tables: step.show ? [...others, step.visual] : others };
    }
    case 'focus':
      return (view.focus ?? '') === step.visual ? view : { ...view, focus: step.visual };
    case 'spotlight':
      return (view.spotlight ?? '') === step.visual ? view : { ...view, spotlight: step.visual };
    case 'reset':
      return {};
    default:
      return view;
  }
}

/** A record with one entry set, or taken out by null. */
function put<T>(record: Record<string, T> | undefined, key: string, value: T | null): Record<string, T> {
  const { [key]: _, ...others } = record ?? {};
  return value === null ? others : { ...others, [key]: value };
}

const isTop = (drill: Drill | null) => drill !== null && drill.level === 0 && !drill.expanded && (drill.path ?? []).length === 0;

// A click picks one mark, the same click again picks nothing, Ctrl adds marks of the same visual. A click
// beside the marks clears what was picked in that visual and leaves other visuals' alone.
function pick(state: PageState, { visual, filters, add }: Extract<PageStep, { type: 'pick' }>): PageState {
  const own = state.selection?.visual === visual ? state.selection.filters : [];
  if (filters.length === 0) return own.length > 0 ? { ...state, selection: null } : state;
  const next = add ? togglePicked(own, filters) : sameFilters(own, filters) ? [] : filters;
  return { ...state, selection: next.length > 0 ? { visual, filters: next } : null };
}

const isEmpty = (record: object | undefined) => Object.keys(record ?? {}).length === 0;

/** Whether the page shows what its author left. */
export function isUntouched(state: PageState): boolean {
  return isEmpty(state.slicers) && isEmpty(state.cards) && isEmpty(state.drill) && isEmpty(state.sort) && !state.selection && !state.asOf && !state.compareWith;
}

/** Whether nothing of a page was changed, how it is looked at included. */
export function isUnread({ state, view }: Reading): boolean {
  return isUntouched(state) && (view.tables ?? []).length === 0 && !view.focus && !view.spotlight;
}
