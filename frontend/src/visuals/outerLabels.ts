// A hierarchy that is expanded: under or beside the names along the axis stand those of the wider level, each once.
import type { Plot } from './plot';

export interface Span {
  label: string;
  /** First and last category, both included. */
  from: number;
  to: number;
}

/** The wider members in drawing order with the categories they hold; empty without a hierarchy. */
export function spansOf(plot: Plot): Span[] {
  const spans: (Span & { key: string })[] = [];
  plot.categories.forEach((c, i) => {
    if (c.outer.length === 0) return;
    const key = JSON.stringify(c.outer.map((m) => [m.value, m.other ?? false]));
    const open = spans[spans.length - 1];
    if (open?.key === key) open.to = i;
    else spans.push({ key, label: c.outer.map((m) => m.label).join(', '), from: i, to: i });
  });
  return spans;
}
