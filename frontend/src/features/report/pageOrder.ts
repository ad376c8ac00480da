// What a person decides of the pages of a report: their order, their names, which have a tab.
import type { Page, PageArrangement } from '../../backend/types';

type Named = Pick<Page, 'id' | 'name' | 'hidden'>;

/** The pages as they are, to be changed. */
export const arrangement = (pages: readonly Named[]): PageArrangement[] => pages.map(({ id, name, hidden }) => ({ id, name, hidden: hidden ?? false }));

/** The pages that have a tab: hidden ones too while they are shown, and the open one always. */
export const withTabs = <P extends Named>(pages: readonly P[], showHidden: boolean, open: string): P[] => pages.filter((p) => showHidden || !p.hidden || p.id === open);

/** The page before or after `id` among those with a tab, or undefined at an end. */
function neighbour(tabs: readonly Named[], id: string, by: -1 | 1): Named | undefined {
  const at = tabs.findIndex((p) => p.id === id);
  return at < 0 ? undefined : tabs[at + by];
}

export const canMove = (tabs: readonly Named[], id: string, by: -1 | 1): boolean => neighbour(tabs, id, by) !== undefined;

/** The page moved past its neighbour among those with a tab; what has none in between stays where it is. */
export function moved(pages: readonly Named[], tabs: readonly Named[], id: string, by: -1 | 1): PageArrangement[] {
  const beside = neighbour(tabs, id, by);
  const all = arrangement(pages);
  const page = all.find((p) => p.id === id);
  if (!beside || !page) return all;
  const rest = all.filter((p) => p.id !== id);
  const at = rest.findIndex((p) => p.id === beside.id) + (by === 1 ? 1 : 0);
  return rest.toSpliced(at, 0, page);
}

export const renamed = (pages: readonly Named[], id: string, name: string): PageArrangement[] => arrangement(pages).map((p) => (p.id === id ? { ...p, name: name.trim() } : p));

export const hidden = (pages: readonly Named[], id: string, hide: boolean): PageArrangement[] => arrangement(pages).map((p) => (p.id === id ? { ...p, hidden: hide } : p));

/** A page may be hidden while another one keeps its tab. */
export const canHide = (pages: readonly Named[], id: string): boolean => pages.some((p) => p.id !== id && !p.hidden);

/** Where to go when a page loses its tab: to the next one with a tab, else to the one before. */
export function instead(pages: readonly Named[], id: string): string | undefined {
  const at = pages.findIndex((p) => p.id === id);
  const next = pages.slice(at + 1).find((p) => !p.hidden) ?? pages.slice(0, at).findLast((p) => !p.hidden);
  return next?.id;
}
