// What was chosen on a page, written to and read from the storage of this computer. What is read may be of an older
// Sightline or damaged: each part is checked for its shape, and one that is none of ours is left out.
import type { Cell, Drill, Filter, PageState, Sort } from '../../backend/types';
import type { PageView, Reading } from './pageState';

type Unknown = Record<string, unknown>;

const isObject = (x: unknown): x is Unknown => typeof x === 'object' && x !== null && !Array.isArray(x);
const isText = (x: unknown): x is string => typeof x === 'string';
const isCell = (x: unknown): x is Cell => x === null || ['string', 'number', 'boolean'].includes(typeof x);
const isFilter = (x: unknown): x is Filter =>
  isObject(x) && (isText(x.field) || x.field === undefined) && (x.op === undefined || isText(x.op)) && (x.values === undefined || isListOf(x.values, isCell)) && (x.any === undefined || isListOf(x.any, isFilter));
const isSort = (x: unknown): x is Sort => isObject(x) && isText(x.by);
const isDrill = (x: unknown): x is Drill => isObject(x) && typeof x.level === 'number' && (x.path === undefined || isListOf(x.path, isFilter));

function isListOf<T>(x: unknown, is: (x: unknown) => x is T): x is T[] {
  return Array.isArray(x) && x.every(is);
}

function recordOf<T>(x: unknown, is: (x: unknown) => x is T): Record<string, T> | undefined {
  return isObject(x) && Object.values(x).every(is) ? (x as Record<string, T>) : undefined;
}

function parsed(text: string | null): Unknown {
  try {
    const read: unknown = JSON.parse(text ?? '');
    return isObject(read) ? read : {};
  } catch {
    return {};
  }
}

/** A stored state, without the parts that are none of ours. */
export function readState(text: string | null): PageState {
  return stateOf(parsed(text));
}

function stateOf(read: Unknown): PageState {
  const out: PageState = {};
  const slicers = recordOf(read.slicers, (x): x is Cell[] => isListOf(x, isCell));
  const cards = recordOf(read.cards, (x): x is Filter[] => isListOf(x, isFilter));
  const drill = recordOf(read.drill, isDrill);
  const sort = recordOf(read.sort, (x): x is Sort[] => isListOf(x, isSort));
  if (slicers) out.slicers = slicers;
  if (cards) out.cards = cards;
  if (drill) out.drill = drill;
  if (sort) out.sort = sort;
  const { selection } = read;
  if (isObject(selection) && isText(selection.visual) && isListOf(selection.filters, isFilter)) out.selection = { visual: selection.visual, filters: selection.filters };
  if (isText(read.asOf)) out.asOf = read.asOf;
  if (isText(read.compareWith)) out.compareWith = read.compareWith;
  return out;
}

/** A page as it was left: its state, and under `view` how it was looked at. */
export function readReading(text: string | null): Reading {
  const read = parsed(text);
  const view: PageView = {};
  if (isObject(read.view)) {
    if (isListOf(read.view.tables, isText)) view.tables = read.view.tables;
    if (isText(read.view.focus)) view.focus = read.view.focus;
    if (isText(read.view.spotlight)) view.spotlight = read.view.spotlight;
  }
  return { state: stateOf(read), view };
}

export function writeReading({ state, view }: Reading): string {
  return JSON.stringify({ ...state, view });
}

/** The changed cards of all pages of a report. */
export function readCards(text: string | null): Record<string, Filter[]> {
  return recordOf(parsed(text), (x): x is Filter[] => isListOf(x, isFilter)) ?? {};
}
