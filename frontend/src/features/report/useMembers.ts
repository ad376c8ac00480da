// The members of a column with their counts, for filter cards and long slicers.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { reports } from '../../backend/api';
import type { PageState } from '../../backend/types';
import { useSettled } from '../../ui/useSettled';

/** The page whose columns are asked for. */
export interface PageInUse {
  reportId: string;
  pageId: string;
  state: PageState;
  generation: number;
  timeZone: string;
}

export const PageContext = createContext<PageInUse | null>(null);

export function usePageInUse(): PageInUse {
  const page = useContext(PageContext);
  if (!page) throw new Error('no page is open here');
  return page;
}

/** The first members, or those that contain `search`; what a selection leaves is no matter of a filter. */
export function useMembers(field: string, search: string, wanted = true) {
  const { reportId, pageId, state, generation } = usePageInUse();
  const { selection: _, drill: __, sort: ___, ...kept } = state;
  const typed = useSettled(search.trim(), 200);
  return useQuery({
    queryKey: ['members', reportId, pageId, field, typed, kept, generation],
    queryFn: () => reports.members(reportId, pageId, field, typed, kept),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
}
