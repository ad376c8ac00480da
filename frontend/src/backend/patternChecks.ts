import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getData } from './api';
import type { PatternCheck } from './types';

const none: PatternCheck[] = [];

/** How the program understands each pattern; one that it has not seen yet is missing from the list. */
export function usePatternChecks(patterns: readonly string[]): readonly PatternCheck[] {
  const { data } = useQuery({
    queryKey: ['patternChecks', patterns],
    queryFn: () => getData.checkPatterns([...patterns]),
    enabled: patterns.length > 0,
    placeholderData: keepPreviousData,
  });
  return data ?? none;
}
