// What a card says: one number with its unit, how much of the whole it is, how it changed.
import type { Direction, Result, ValueInfo, VisualData, Visual } from '../backend/types';
import { blank, change, figure, value, type Figure } from '../format/values';
import { secondDay } from './secondDay';
import { sparkChange, sparkValues } from './sparkline';

export interface CardText {
  figure: Figure;
  isBlank: boolean;
  /** "126" in "21 of 126"; empty when nothing is selected. */
  whole: string;
  /** The exact figure where the card shows a shortened one. */
  exact: string;
  /** Why there is no number. */
  reason: string;
  /** The value of the second day: what stands under the number instead of its change. */
  second: { label: string; text: string } | null;
  change: { text: string; rises: boolean | null; tone: 'better' | 'worse' | 'neutral'; label: string } | null;
}

const unknown: ValueInfo = { name: '', format: 'integer', additive: true, direction: 'neutral' };

/** Whether a change is good news: that belongs to the measure, not to the arrow. */
export function toneOf(delta: number, direction: Direction): 'better' | 'worse' | 'neutral' {
  if (delta === 0 || direction === 'neutral') return 'neutral';
  return delta > 0 === (direction === 'upIsBetter') ? 'better' : 'worse';
}

export function cardText(visual: Visual, data: VisualData): CardText {
  const result = data.result;
  const shape = result?.values[0] ?? unknown;
  const total = result?.total.values[0] ?? null;
  const highlighted = result?.total.parts !== undefined;
  const part = result?.total.parts?.[0] ?? null;
  // Nothing of a counted whole is none of it.
  const n = highlighted ? (part ?? (shape.additive && total !== null ? 0 : null)) : total;
  const written = figure(n, shape, true);
  // A count needs no unit: the title says what is counted.
  const unit = visual.options.unit || (shape.format === 'integer' ? '' : written.unit);
  const whole = highlighted && total !== null ? figure(total, shape, true).text : '';
  const exact = n === null ? '' : value(n, shape);
  return {
    figure: { text: written.text, unit: written.unit === '%' ? '%' : unit },
    isBlank: n === null,
    whole,
    exact: exact.startsWith(written.text) ? '' : exact,
    reason: 'No rows match the filters',
    second: result ? secondOf(result, shape) : null,
    change: highlighted || result?.comparedWith ? null : changeOf(visual, data),
  };
}

function secondOf(result: Result, shape: ValueInfo): CardText['second'] {
  if (!result.comparedWith) return null;
  return { label: secondDay(result), text: value(result.total.compared?.[0] ?? null, shape) };
}

function changeOf(visual: Visual, data: VisualData): CardText['change'] {
  if (!data.spark) return null;
  const shape = data.spark.values[0] ?? unknown;
  const delta = sparkChange(sparkValues(data.spark));
  if (delta === null) return null;
  return { text: change(delta, shape), rises: delta === 0 ? null : delta > 0, tone: toneOf(delta, shape.direction), label: visual.sparkLabel ?? '' };
}

/** The card in one sentence. */
export function cardInWords(visual: Visual, text: CardText): string {
  if (text.isBlank) return `${blank}: ${text.reason}.`;
  const unit = text.figure.unit === '' ? '' : text.figure.unit === '%' ? '%' : ` ${text.figure.unit}`;
  const of = text.whole ? ` of ${text.whole}` : '';
  const moved = text.change ? `, ${text.change.text} ${text.change.label}`.trimEnd() : '';
  const then = text.second ? `, ${text.second.label} ${text.second.text}` : '';
  return `${visual.title}: ${text.figure.text}${unit}${of}${moved}${then}.`;
}
