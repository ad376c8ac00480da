// Round numbers for a value axis: three to five gridlines, zero always among them.

export interface Scale {
  min: number;
  max: number;
  interval: number;
  ticks: number[];
}

const steps = [1, 2, 2.5, 4, 5, 10];

/** The round step that divides `range` into about `parts`; `whole` keeps counts from being split. */
function roundStep(range: number, parts: number, whole: boolean): number {
  const raw = range / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (steps.find((s) => s * power >= raw * 0.999) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/**
 * A scale that holds every value. `parts` is how many intervals fit the height; `whole` is for counts.
 * Values that are all null or 0 give a scale from 0 to 1.
 */
export function niceScale(values: readonly (number | null)[], parts: number, whole: boolean): Scale {
  const numbers = values.filter((v): v is number => v !== null && Number.isFinite(v));
  const high = Math.max(0, ...numbers);
  const low = Math.min(0, ...numbers);
  if (high === low) return { min: 0, max: 1, interval: 1, ticks: [0, 1] };
  // One interval more or less may waste less of the height.
  const options = [parts, parts + 1, Math.max(2, parts - 1)].map((p) => ends(high, low, roundStep(high - low, p, whole)));
  const { interval, max, min } = options.reduce((best, o) => (o.max - o.min < best.max - best.min - 1e-9 ? o : best));
  const ticks: number[] = [];
  for (let i = 0; min + i * interval <= max + interval * 1e-6; i++) ticks.push(round(min + i * interval));
  return { min: round(min), max: round(max), interval: round(interval), ticks };
}

function ends(high: number, low: number, interval: number) {
  return { interval, max: Math.ceil(high / interval - 1e-9) * interval, min: Math.floor(low / interval + 1e-9) * interval };
}

// 0.1 + 0.2 must not print as 0.30000000000000004.
const round = (n: number) => Number(n.toPrecision(12));

/** How many intervals stand well in so many pixels. */
export function partsFor(height: number): number {
  if (height < 56) return 2;
  if (height < 130) return 3;
  return 4;
}
