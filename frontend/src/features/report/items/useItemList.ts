// Asks for the rows of a list, a part at a time, and for what the list can show.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { items } from '../../../backend/api';
import type { ChangeKind, ChangesAsk, Filter, ItemsAsk, ItemsView, PageState } from '../../../backend/types';
import { joinParts } from './itemColumns';

/** Whose rows are listed: of a mark, or of one step of What changed. */
export type ItemsSubject = { reportId: string; pageId: string; state: PageState; /** What the title calls it. */ name: string } & (
  | { visual: string; filters: Filter[]; value: number }
  | { changes: ChangesAsk; kind: ChangeKind; field: string }
);

export interface ListAsk {
  columns: string[];
  orderBy: string;
  descending: boolean;
  search: string;
  whole: boolean;
}

export const untouchedList: ListAsk = { columns: [], orderBy: '', descending: false, search: '', whole: false };

const partSize = 200;

export function askFor(subject: ItemsSubject, ask: ItemsAsk): Promise<ItemsView> {
  const { reportId, pageId, state } = subject;
  if ('visual' in subject) return items.behind(reportId, pageId, subject.visual, state, subject.filters, subject.value, ask);
  return items.changed(reportId, pageId, state, subject.changes, subject.kind, subject.field, ask);
}

export function useItemList(subject: ItemsSubject, ask: ListAsk, generation: number) {
  const query = useInfiniteQuery({
    queryKey: ['items', subject, ask, generation],
    queryFn: ({ pageParam }) => askFor(subject, { ...ask, after: pageParam, limit: partSize }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const parts = query.data?.pages;
  const list = useMemo(() => joinParts(parts ?? []), [parts]);
  return { ...query, first: parts?.[0], list };
}

const columnsKey = (table: string) => `sightline.items.${table}`;

/** The columns that a person chose for a table, kept on this computer; none are the usual ones. */
export function useChosenColumns(table: string): [string[], (columns: string[]) => void] {
  const [held, setHeld] = useState<Record<string, string[]>>({});
  const choose = (columns: string[]) => {
    setHeld((before) => ({ ...before, [table]: columns }));
    try {
      if (columns.length === 0) window.localStorage.removeItem(columnsKey(table));
      else window.localStorage.setItem(columnsKey(table), JSON.stringify(columns));
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };
  return [table === '' ? [] : (held[table] ?? stored(table)), choose];
}

function stored(table: string): string[] {
  try {
    const read: unknown = JSON.parse(window.localStorage.getItem(columnsKey(table)) ?? '[]');
    return Array.isArray(read) && read.every((name) => typeof name === 'string') ? read : [];
  } catch {
    return [];
  }
}

export const useListColumns = (datasetId: string, table: string, generation: number) =>
  useQuery({ queryKey: ['itemColumns', datasetId, table, generation], queryFn: () => items.columns(datasetId, table), enabled: table !== '' });
