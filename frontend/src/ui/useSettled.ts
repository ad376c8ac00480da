import { useEffect, useState } from 'react';

/** A value once it has stayed the same for `wait` milliseconds: what a person typed, not every letter. */
export function useSettled<T>(value: T, wait: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), wait);
    return () => window.clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
