import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { reports } from '../../backend/api';
import type { PageData, PageState } from '../../backend/types';
import { withDistinctLabels } from '../../visuals/distinct';

export const useReport = (id: string) => useQuery({ queryKey: ['report', id], queryFn: () => reports.report(id) });

export const pageKey = (reportId: string, pageId: string | undefined, state: PageState, generation: number | undefined) => ['page', reportId, pageId, state, generation];

/** Asks for a page once, as every screen shows it. */
export async function readPage(reportId: string, pageId: string, state: PageState): Promise<PageData> {
  const answer = await reports.page(reportId, pageId, state);
  return { ...answer, visuals: answer.visuals.map((v) => ({ ...v, result: withDistinctLabels(v.result) })) };
}

/** The question for a page as it is read. */
export const pageAnswer = (reportId: string, pageId: string, state: PageState, generation: number | undefined) =>
  queryOptions({ queryKey: pageKey(reportId, pageId, state, generation), queryFn: () => readPage(reportId, pageId, state) });

/** Every visual of a page in one answer. The answer before stays on screen until the new one is there. */
export function usePage(reportId: string, pageId: string | undefined, state: PageState, generation: number | undefined) {
  return useQuery({
    ...pageAnswer(reportId, pageId ?? '', state, generation),
    enabled: pageId !== undefined && generation !== undefined,
    // Only of the same page: another page's numbers never stand in for these.
    placeholderData: (before, query) => (query?.queryKey[1] === reportId && query.queryKey[2] === pageId ? keepPreviousData(before) : undefined),
  });
}
