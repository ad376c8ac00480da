// Values written inside the segments of a stack, where they have room: shares of a percent layout, or what
// `labels` asks for.
import { percent } from '../format/numbers';
import { plainValue } from '../format/values';
import { paintsOf, strength } from './barParts';
import { readableOn } from './colors';
import type { Rect } from './geometry';
import type { ChartInput } from './model';
import { text, textElement } from './option';
import type { Plot } from './plot';
import { isPercent, isStacked, pieces, scaleOf, type Piece } from './stack';
import { textWidth } from './textWidth';

export function innerLabels(input: ChartInput, plot: Plot, rectOf: (p: Piece) => Rect): object[] {
  if (!isStacked(plot) || plot.highlighted || !(isPercent(plot) || input.visual.options.labels)) return [];
  const paints = paintsOf(input, plot);
  return pieces(plot).flatMap((p) => {
    const s = plot.series[p.series];
    const rect = rectOf(p);
    if (!s || p.value === 0 || strength(input, plot, p) < 1) return [];
    const words = isPercent(plot) ? percent(p.value * scaleOf(plot, p.category), 0) : plainValue(p.value, s.value);
    if (textWidth(words, 11, 600) + 6 > rect.width || rect.height < 13) return [];
    const color = readableOn(paints(p.series, p.category).color, input.palette);
    return [textElement(`in${p.category}:${p.series}`, rect.x + rect.width / 2, rect.y + rect.height / 2 + 0.5, words, text(input.palette, 11, 600, color), 'center')];
  });
}
