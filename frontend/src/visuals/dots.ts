// What control and scatter charts share: how dots are drawn, and when there are too many to be elements.
import { fade } from './colors';
import type { ChartInput } from './model';

/** From this many dots on they are painted, not built of elements, and the pointer finds the nearest. */
export const mostElements = 600;

/** One drawn dot. It may stand for several rows. */
export interface Dot {
  x: number;
  y: number;
  /** Diameter in pixels. */
  size: number;
  color: string;
  picked: boolean;
}

/** The dots as series of the chart, per colour one, because many of one style are painted at once. */
export function dotSeries(input: ChartInput, dots: readonly Dot[]): object[] {
  const { palette } = input;
  const many = dots.length > mostElements;
  const anyPicked = (input.selection?.length ?? 0) > 0;
  const groups = new Map<string, Dot[]>();
  for (const d of dots) {
    const faint = anyPicked && !d.picked;
    const key = many ? `${d.color} ${d.size} ${faint}` : `${d.color} ${faint}`;
    const own = groups.get(key);
    if (own) own.push(d);
    else groups.set(key, [d]);
  }
  return [...groups].map(([key, own]) => {
    const first = own[0];
    const faint = anyPicked && !first?.picked;
    return {
      id: `dots ${key}`,
      type: 'scatter',
      silent: true,
      z: 4,
      large: many,
      largeThreshold: mostElements,
      progressive: 0,
      symbol: 'circle',
      symbolSize: many ? (first?.size ?? 7) : (_: unknown, p: { dataIndex: number }) => own[p.dataIndex]?.size ?? 7,
      itemStyle: {
        color: fade(first?.color ?? '#000000', 0.8 * (faint ? palette.highlight.unselectedMarkOpacity : 1)),
        ...(many ? {} : { borderColor: palette.color.neutral.card, borderWidth: 1 }),
      },
      data: own.map((d) => [d.x, d.y]),
    };
  });
}

/** The diameter of a dot that stands for so many items: its area grows with them. */
export function sizeFor(items: number): number {
  return Math.min(22, Math.round(7 * Math.sqrt(items) * 2) / 2);
}

/** A ring round a picked dot. */
export function ring(id: string, x: number, y: number, size: number, color: string): object {
  return { id, type: 'circle', silent: true, z: 12, shape: { cx: x, cy: y, r: size / 2 + 3.5 }, style: { fill: 'none', stroke: color, lineWidth: 2 } };
}
