// A visual in one sentence, for those who hear it.
import type { Visual, VisualData } from '../backend/types';
import { plural } from '../format/numbers';
import { cardInWords, cardText } from './card';
import { kindInWords } from './chartTypes';
import { readPlot } from './plot';
import { chartInWords } from './wording';

/** What the visual shows, or why it shows nothing. */
export function visualInWords(visual: Visual, data: VisualData | undefined): string {
  const kind = kindInWords[visual.type];
  if (!data) return `${kind}, loading.`;
  if (data.fault) return data.fault.message;
  if (!data.result) return `${kind}, loading.`;
  if (visual.type === 'card') return cardInWords(visual, cardText(visual, data));
  if (visual.type === 'table' || visual.type === 'matrix') return `${kind} with ${plural(data.result.rows.length, 'row')}.`;
  return chartInWords(kind, readPlot(data.result));
}

/** The line under a title: the program's, with its places filled; a template is never shown. */
export function subtitleOf(visual: Visual, data: VisualData | undefined): string {
  if (data?.subtitle) return data.subtitle;
  return visual.subtitle && !visual.subtitle.includes('{') ? visual.subtitle : '';
}

/** Caveats under the drawing: the document's own, what was cut off, what the program noted. */
export function footOf(visual: Visual, data: VisualData | undefined): string {
  const result = data?.result;
  const shown = result?.truncated && visual.type === 'table' ? `${result.rows.length} of ${result.rows.length + result.truncated} shown` : '';
  const notes = visual.type === 'card' ? [] : (result?.notes ?? []);
  return [visual.foot, shown, ...notes].filter(Boolean).join('. ');
}
