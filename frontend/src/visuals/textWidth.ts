// How wide a text will be drawn, so that margins fit their labels and nothing is cut without need.

const family = "'Inter Variable', 'Segoe UI Variable', 'Segoe UI', system-ui, sans-serif";

let pen: CanvasRenderingContext2D | null | undefined;

function context(): CanvasRenderingContext2D | null {
  // A test environment has no canvas; an estimate is good enough there.
  if (pen === undefined) pen = typeof CanvasRenderingContext2D === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  return pen;
}

const known = new Map<string, number>();

/** The width of one line in pixels. Forget with `forgetWidths` when the font has arrived. */
export function textWidth(text: string, size = 11, weight = 400): number {
  const key = `${size}|${weight}|${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const c = context();
  let width = text.length * size * (weight >= 600 ? 0.59 : 0.56);
  if (c) {
    c.font = `${weight} ${size}px ${family}`;
    width = c.measureText(text).width;
  }
  if (known.size > 5_000) known.clear();
  known.set(key, width);
  return width;
}

export function forgetWidths(): void {
  known.clear();
}

/** The widest of several lines. */
export function widest(texts: readonly string[], size = 11, weight = 400): number {
  return texts.reduce((max, text) => Math.max(max, textWidth(text, size, weight)), 0);
}

/** Cuts a text with … so that it is at most so wide. */
export function cut(text: string, width: number, size = 11, weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${text.slice(0, middle).trimEnd()}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

/** Breaks a text between words into at most `lines` lines of a width; the last one is cut when it must be. */
export function wrap(text: string, width: number, lines = 2, size = 11, weight = 400): string {
  const out: string[] = [];
  let rest = text.split(/\s+/);
  while (rest.length > 0 && out.length < lines - 1) {
    let take = 1;
    while (take < rest.length && textWidth(rest.slice(0, take + 1).join(' '), size, weight) <= width) take++;
    out.push(cut(rest.slice(0, take).join(' '), width, size, weight));
    rest = rest.slice(take);
  }
  if (rest.length > 0) out.push(cut(rest.join(' '), width, size, weight));
  return out.join('\n');
}
