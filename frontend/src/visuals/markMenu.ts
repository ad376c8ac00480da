// What a right click, Shift+F10 or the menu key on a mark opens. The page gives the menu; marks of every kind ask for it.
import { createContext, useContext, type KeyboardEvent, type MouseEvent } from 'react';
import type { Filter } from '../backend/types';

/** The mark that is meant: its filters, its name in words, and which value of the visual it shows. */
export interface MarkMeant {
  filters: Filter[];
  name: string;
  value: number;
}

export type OpenMarkMenu = (mark: MarkMeant, at: { x: number; y: number }) => void;

/** Null where marks have no menu, as on a tile. */
export const MarkMenuContext = createContext<OpenMarkMenu | null>(null);

export const useMarkMenu = () => useContext(MarkMenuContext);

/** The position of a value in the result by the id of its series, "v1:…"; 0 when it says nothing. */
export function valueOf(seriesId: string | undefined): number {
  return Number(/^v(\d+)/.exec(seriesId ?? '')?.[1] ?? 0);
}

/** Opens the menu for a right click; without marks there the browser keeps it. */
export function menuByPointer(open: OpenMarkMenu | null, event: MouseEvent, mark: MarkMeant): void {
  if (!open || mark.filters.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  // Keys that open a menu have no place of their own: it then stands at the element.
  const box = event.currentTarget.getBoundingClientRect();
  const byKey = event.clientX === 0 && event.clientY === 0;
  open(mark, byKey ? { x: box.left + box.width / 2, y: box.bottom } : { x: event.clientX, y: event.clientY });
}

export const isMenuKey = (event: KeyboardEvent) => (event.key === 'F10' && event.shiftKey && !event.altKey) || event.key === 'ContextMenu';

/** Opens the menu for Shift+F10 or the menu key, at the element that has the focus. */
export function menuByKey(open: OpenMarkMenu | null, event: KeyboardEvent, mark: MarkMeant): void {
  if (!open || !isMenuKey(event) || mark.filters.length === 0 || !(event.target instanceof Element)) return;
  event.preventDefault();
  event.stopPropagation();
  const box = event.target.getBoundingClientRect();
  open(mark, { x: box.left + box.width / 2, y: box.top + box.height / 2 });
}
