import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from './geometry';

/** The inner size of an element, or null until it is known; it follows the window. */
export function useSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const width = element.clientWidth;
      const height = element.clientHeight;
      setSize((before) => (before?.width === width && before.height === height ? before : width > 0 && height > 0 ? { width, height } : null));
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
