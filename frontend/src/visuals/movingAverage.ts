// The moving average of a control chart and its band (M5, M6).

export interface DayMean {
  /** Days since 1970-01-01. */
  day: number;
  /** Of all items of the window, not of its days; null when it holds none. */
  mean: number | null;
  /** Of the population. */
  deviation: number | null;
}

/** How many days before each day its window takes in: the largest odd number up to a fifth of the days shown, at least 1. */
export function windowOf(daysShown: number): number {
  const most = Math.floor(0.2 * daysShown + 1e-9);
  return Math.max(1, most % 2 === 1 ? most : most - 1);
}

/** For every day from `from` to `to`: mean and deviation of the items of that day and the `before` days before it. */
export function movingAverage(items: readonly { day: number; value: number }[], from: number, to: number, before: number): DayMean[] {
  const sorted = items.toSorted((a, b) => a.day - b.day);
  const out: DayMean[] = [];
  let low = 0;
  let high = 0;
  for (let day = from; day <= to; day++) {
    while (high < sorted.length && (sorted[high]?.day ?? 0) < day + 1) high++;
    while (low < high && (sorted[low]?.day ?? 0) < day - before) low++;
    const count = high - low;
    if (count === 0) {
      out.push({ day, mean: null, deviation: null });
      continue;
    }
    let sum = 0;
    for (let i = low; i < high; i++) sum += sorted[i]?.value ?? 0;
    const mean = sum / count;
    let squares = 0;
    for (let i = low; i < high; i++) squares += ((sorted[i]?.value ?? 0) - mean) ** 2;
    out.push({ day, mean, deviation: Math.sqrt(squares / count) });
  }
  return out;
}
