/** Minutes and seconds until an instant, 9:41; 0:00 when it has passed. `now` in milliseconds. */
export function countdown(until: string, now: number): string {
  const left = Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1000));
  if (Number.isNaN(left)) return '';
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
