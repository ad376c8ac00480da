// The cards of the Filters pane as they stand: what their author chose, and what a reader made of it. Pure.
import type { Filter, FilterCard, Page, PageState, Visual } from '../../backend/types';
import { fieldName } from './restatement';

/** A card with what it keeps now. */
export interface ShownCard {
  /** Its key in PageState.cards; empty for one that cannot be changed. */
  key: string;
  title: string;
  field: string;
  filters: Filter[];
  locked: boolean;
  /** Top N and the values that order it are offered on a visual only. */
  visual?: Visual;
}

/** The cards of a visual: its author's, and one for every column that it groups by. */
export function visualCards(visual: Visual): FilterCard[] {
  const own = visual.cards ?? [];
  const fields = [...(visual.query.rows ?? []), ...(visual.levels ?? []), ...(visual.query.columns ?? [])].map((g) => (typeof g === 'string' ? g : g.field));
  const implied = [...new Set(fields)].filter((field) => !own.some((c) => c.field === field));
  return [...own, ...implied.map((field): FilterCard => ({ id: field, field }))];
}

/** What a card keeps: a reader's choice, unless it is locked. */
export function keptBy(where: string, card: FilterCard, state: PageState): Filter[] {
  const changed = card.locked || card.hidden ? undefined : state.cards?.[`${where}/${card.id}`];
  return (changed ?? card.filters ?? []).map((f) => ({ ...f, field: card.field }));
}

function shown(where: string, cards: readonly FilterCard[], state: PageState, visual?: Visual): ShownCard[] {
  return cards
    .filter((card) => !card.hidden)
    .map((card) => ({
      key: card.locked ? '' : `${where}/${card.id}`,
      title: card.title ?? fieldName(card.field),
      field: card.field,
      filters: keptBy(where, card, state),
      locked: card.locked ?? false,
      ...(visual ? { visual } : {}),
    }));
}

/** Filters that are part of the document and cannot be changed by a reader. */
const fixed = (filters: readonly Filter[] | undefined): ShownCard[] =>
  (filters ?? []).map((f) => ({ key: '', title: fieldName(f.field), field: f.field, filters: [f], locked: true }));

export interface PaneCards {
  visual: ShownCard[];
  page: ShownCard[];
  report: ShownCard[];
}

/** All cards of the pane; those of a visual when one is chosen. */
export function paneCards(page: Page, cards: readonly FilterCard[], visual: Visual | undefined, state: PageState): PaneCards {
  const path = visual ? (state.drill?.[visual.id]?.path ?? []) : [];
  return {
    visual: visual ? [...shown(visual.id, visualCards(visual), state, visual), ...fixed(visual.query.filters), ...fixed(path)] : [],
    page: [...shown('page', page.cards ?? [], state), ...fixed(page.filters)],
    report: shown('report', cards, state),
  };
}

/** How many cards of a list keep less than everything. */
export const applied = (cards: readonly ShownCard[]) => cards.filter((c) => c.filters.length > 0).length;
