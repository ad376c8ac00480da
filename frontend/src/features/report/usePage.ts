import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { reports } from '../../backend/api';
import type { PageState } from '../../backend/types';
import { withDistinctLabels } from '../../visuals/distinct';

export const useReport = (id: string) => useQuery({ queryKey: ['report', id], queryFn: () => reports.report(id) });

/** Every visual of a page in one answer. The answer before stays on screen until the new one is there. */
export function usePage(reportId: string, pageId: string | undefined, state: PageState, generation: number | undefined) {
  return useQuery({
    queryKey: ['page', reportId, pageId, state, generation],
    queryFn: async () => {
      const answer = await reports.page(reportId, pageId ?? '', state);
      return { ...answer, visuals: answer.visuals.map((v) => ({ ...v, result: withDistinctLabels(v.result) })) };
    },
    enabled: pageId !== undefined && generation !== undefined,
    // Only of the same page: another page's numbers never stand in for these.
    placeholderData: (before, query) => (query?.queryKey[1] === reportId && query.queryKey[2] === pageId ? keepPreviousData(before) : undefined),
  });
}
