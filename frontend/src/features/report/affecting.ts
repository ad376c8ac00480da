// Everything that affects one visual, in words: its own filters and cards, those of the page and of all pages, slicers,
// what was drilled into and what is selected elsewhere. Pure.
import type { Filter, FilterCard, Page, PageState, VisualData } from '../../backend/types';
import type { AffectedBy } from '../../visuals/VisualFrame';
import { keptBy, visualCards } from './cards';
import { fieldName, sentence, type LabelOf } from './restatement';
import { slicerFilter } from './slicing';
import { texts } from './texts';

export function affecting(page: Page, cards: readonly FilterCard[], state: PageState, id: string, follows: VisualData['follows'] | undefined, labelOf: LabelOf): AffectedBy[] {
  const visual = page.visuals.find((v) => v.id === id);
  if (!visual) return [];
  const kept = (where: string, list: readonly FilterCard[] | undefined) => (list ?? []).flatMap((card) => keptBy(where, card, state));
  const picked = follows === 'highlight' || follows === 'filter' ? (state.selection?.filters ?? []) : [];
  const groups: [string, readonly Filter[]][] = [
    [texts.affects.selection, picked],
    [texts.affects.drilled, state.drill?.[id]?.path ?? []],
    [texts.affects.slicers, page.slicers.flatMap((s) => slicerFilter(s, state) ?? [])],
    [texts.affects.cards, kept(id, visualCards(visual))],
    [texts.affects.own, visual.query.filters ?? []],
    [texts.affects.page, [...(page.filters ?? []), ...kept('page', page.cards)]],
    [texts.affects.report, kept('report', cards)],
  ];
  return groups
    .filter(([, filters]) => filters.length > 0)
    .map(([title, filters]) => ({ title, lines: [...new Set(filters.map((f) => `${fieldName(f.field)} ${sentence(f, labelOf)}`))] }));
}
