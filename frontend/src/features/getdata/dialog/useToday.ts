import { dayOf } from '../../../format/dates';
import { useNow } from '../../../ui/useNow';

/** The day it is on the person's clock, 2026-11-23. */
export function useToday(): string {
  return dayOf(new Date(useNow(60_000)).toISOString());
}
