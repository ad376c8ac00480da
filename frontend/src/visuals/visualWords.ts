// A visual in one sentence, for those who hear it.
import type { Visual, VisualData } from '../backend/types';
import { plural } from '../format/numbers';
import { cardInWords, cardText } from './card';
import { kindInWords } from './chartTypes';
import { controlInWords } from './control';
import { readPlot } from './plot';
import { drawnPart } from './tooltips';
import { chartInWords } from './wording';

/** What the visual shows, or why it shows nothing. */
export function visualInWords(visual: Visual, data: VisualData | undefined): string {
  const kind = kindInWords[visual.type];
  if (visual.type === 'text' || visual.type === 'image') return `${kind}.`;
  if (!data) return `${kind}, loading.`;
  if (data.fault) return data.fault.message;
  if (!data.result) return `${kind}, loading.`;
  if (visual.type === 'card') return cardInWords(visual, cardText(visual, data));
  if (visual.type === 'control') return controlInWords(drawnPart(visual, data.result));
  if (visual.type === 'scatter') return `${kind} of ${data.result.values.map((v) => v.name.toLowerCase()).slice(0, 2).join(' and ')}, ${plural(data.result.rows.length, 'dot')}.`;
  if (visual.type === 'table' || visual.type === 'matrix' || visual.type === 'heat') return `${kind} with ${plural(data.result.rows.length, 'row')}.`;
  return chartInWords(kind, readPlot(drawnPart(visual, data.result), visual.options.layout));
}

/** The line under a title: the program's, with its places filled; a template is never shown. */
export function subtitleOf(visual: Visual, data: VisualData | undefined): string {
  if (data?.subtitle) return data.subtitle;
  return visual.subtitle && !visual.subtitle.includes('{') ? visual.subtitle : '';
}

/** What the program notes of every visual of a page: said once for the page, not under each of them. */
export function sharedNotes(visuals: readonly VisualData[]): string[] {
  const answered = visuals.filter((v) => v.result);
  const first = answered[0]?.result?.notes ?? [];
  return answered.length < 2 ? [] : first.filter((note) => answered.every((v) => v.result?.notes?.includes(note)));
}

/** Caveats under the drawing: the document's own, what was cut off, what the program noted of it alone. */
export function footOf(visual: Visual, data: VisualData | undefined, shared: readonly string[] = []): string {
  const result = data?.result;
  const shown = result?.truncated && visual.type === 'table' ? `${result.rows.length} of ${result.rows.length + result.truncated} shown` : '';
  const notes = (result?.notes ?? []).filter((note) => !shared.includes(note)).map((note) => note.replace(/\.$/, ''));
  return [visual.foot, shown, ...notes].filter(Boolean).join('. ');
}
