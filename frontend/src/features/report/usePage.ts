import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { reports } from '../../backend/api';
import type { PageState } from '../../backend/types';

export const useReport = (id: string) => useQuery({ queryKey: ['report', id], queryFn: () => reports.report(id) });

/** Every visual of a page in one answer. The answer before stays on screen until the new one is there. */
export function usePage(reportId: string, pageId: string | undefined, state: PageState, generation: number | undefined) {
  return useQuery({
    queryKey: ['page', reportId, pageId, state, generation],
    queryFn: () => reports.page(reportId, pageId ?? '', state),
    enabled: pageId !== undefined && generation !== undefined,
    // Only of the same page: another page's numbers never stand in for these.
    placeholderData: (before, query) => (query?.queryKey[1] === reportId && query.queryKey[2] === pageId ? keepPreviousData(before) : undefined),
  });
}
