// The marks of a drawing as elements: they answer to the pointer, are reached with the arrow keys, are
// named for a screen reader and carry the focus ring. The drawing itself is only a picture. A listbox with
// one focused option at a time: the list hears the keys for all of them.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import type { Filter } from '../backend/types';
import type { Point, Rect } from './geometry';
import styles from './MarkLayer.module.css';
import { menuByKey, menuByPointer, useMarkMenu, valueOf, type MarkMeant } from './markMenu';
import type { Mark } from './model';
import { Tooltip } from './Tooltip';

export interface MarkLayerProps {
  marks: readonly Mark[];
  along: 'row' | 'column';
  label: string;
  onPick?: (filters: Filter[], add: boolean) => void;
  /** The series under the pointer, or undefined when it left. */
  onPoint: (seriesId: string | undefined) => void;
}

const tooltipDelay = 80;

export function MarkLayer({ marks, along, label, onPick, onPoint }: MarkLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [quiet, setQuiet] = useState(false); // Ctrl+H hides the tooltip until the next one
  const menu = useMarkMenu();
  const wait = useRef(0);
  useEffect(() => () => window.clearTimeout(wait.current), []);

  const active = Math.max(0, marks.findIndex((m) => m.key === activeKey));
  const shown = quiet ? undefined : marks.find((m) => m.key === (pointed ?? (focused ? activeKey : null)));

  const point = (mark: Mark | null) => {
    window.clearTimeout(wait.current);
    onPoint(mark?.seriesId);
    if (mark === null) setPointed(null);
    else wait.current = window.setTimeout(() => setPointed(mark.key), pointed === null ? tooltipDelay : 0);
  };
  const pick = (mark: Mark, add: boolean) => {
    setActiveKey(mark.key);
    if (mark.filters.length > 0) onPick?.(mark.filters, add);
  };
  const move = (to: number) => {
    const mark = marks[to];
    if (!mark) return;
    // The tooltip goes with the focus, wherever the pointer rests.
    point(null);
    setQuiet(false);
    setActiveKey(mark.key);
    layer.current?.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
  };
  const typed = (event: KeyboardEvent) => {
    const mark = marks[active];
    if (!mark) return;
    menuByKey(menu, event, meantBy(mark));
    if (event.ctrlKey && event.key.toLowerCase() === 'h') {
      event.preventDefault();
      setQuiet(!quiet);
      setFocused(true);
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      pick(mark, event.ctrlKey || event.metaKey);
      return;
    }
    const to = neighbour(marks, active, event.key, along);
    if (to === null) return;
    event.preventDefault();
    move(to);
  };

  return (
    <div
      ref={layer}
      className={styles.layer}
      role="listbox"
      aria-label={`${label}, marks`}
      aria-multiselectable="true"
      aria-orientation={along === 'row' ? 'horizontal' : 'vertical'}
      onKeyDown={typed}
      onMouseLeave={() => point(null)}
      onClick={(event) => event.target === event.currentTarget && onPick?.([], false)}
    >
      {marks.map((mark, i) => (
        <div
          key={mark.key}
          data-at={i}
          role="option"
          aria-label={mark.name}
          aria-selected={mark.selected}
          tabIndex={i === active ? 0 : -1}
          className={`${styles.mark} ${mark.filters.length > 0 && onPick ? styles.picks : ''}`}
          style={placeOf(mark)}
          onMouseEnter={() => {
            setQuiet(false);
            point(mark);
          }}
          onContextMenu={(event) => menuByPointer(menu, event, meantBy(mark))}
          onFocus={(event) => {
            setActiveKey(mark.key);
            setFocused(event.currentTarget.matches(':focus-visible'));
          }}
          onBlur={() => setFocused(false)}
          onClick={(event: MouseEvent) => pick(mark, event.ctrlKey || event.metaKey)}
        >
          {mark.also && <span className={styles.also} style={within(mark.also, mark.hit)} />}
          <span className={styles.ring} style={within(mark.rect, mark.hit)} />
        </div>
      ))}
      {shown?.guide && <div className={styles.guide} style={boxOf(shown.guide)} />}
      {shown && <Tooltip mark={shown} anchor={layer} hint={hintOf(shown, onPick !== undefined)} />}
    </div>
  );
}

/** What the menu of a mark is about, also where the mark cannot be picked. */
export function meantBy(mark: Mark): MarkMeant {
  return { filters: mark.filters.length > 0 ? mark.filters : (mark.stands ?? []), name: mark.head, value: valueOf(mark.seriesId) };
}

export function hintOf(mark: Mark, picks: boolean): string {
  if (!picks || mark.filters.length === 0) return '';
  return mark.selected ? 'Enter clears the selection' : 'Enter filters the page';
}

export const boxOf = (r: Rect): CSSProperties => ({ left: r.x, top: r.y, width: r.width, height: r.height });

function placeOf({ hit, outline }: Mark): CSSProperties {
  const at = (p: Point) => `${(p.x - hit.x).toFixed(1)}px ${(p.y - hit.y).toFixed(1)}px`;
  return { ...boxOf(hit), ...(outline ? { clipPath: `polygon(${outline.map(at).join(',')})` } : {}) };
}

const within = (r: Rect, outer: Rect): CSSProperties => boxOf({ ...r, x: r.x - outer.x, y: r.y - outer.y });

/**
 * The mark an arrow key leads to, or null when the key is not ours. Along the axis the keys walk the
 * categories, across it the parts of one category.
 */
export function neighbour(marks: readonly Mark[], from: number, key: string, along: 'row' | 'column'): number | null {
  const mark = marks[from];
  if (!mark) return null;
  const [back, on, less, more] =
    along === 'row' ? ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp'] : ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  const categories = [...new Set(marks.map((m) => m.category))];
  const at = categories.indexOf(mark.category);
  const to = (category: number | undefined, part: number) => {
    const own = marks.map((m, i) => ({ m, i })).filter(({ m }) => m.category === category);
    return (own.find(({ m }) => m.part === part) ?? own[0])?.i ?? null;
  };
  switch (key) {
    case back:
      return to(categories[Math.max(0, at - 1)], mark.part);
    case on:
      return to(categories[Math.min(categories.length - 1, at + 1)], mark.part);
    case less:
      return to(mark.category, Math.max(0, mark.part - 1));
    case more: {
      const parts = marks.filter((m) => m.category === mark.category).map((m) => m.part);
      return to(mark.category, Math.min(Math.max(...parts), mark.part + 1));
    }
    case 'Home':
      return to(categories[0], mark.part);
    case 'End':
      return to(categories[categories.length - 1], mark.part);
    default:
      return null;
  }
}
