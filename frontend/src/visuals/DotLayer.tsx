// Marks that are painted, thousands of them: the pointer finds the nearest one, the arrow keys walk them from left
// to right, and only the one that has the focus is an element. To a screen reader it is a listbox like any other.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import styles from './MarkLayer.module.css';
import { boxOf, hintOf, meantBy, type MarkLayerProps } from './MarkLayer';
import { menuByKey, menuByPointer, useMarkMenu } from './markMenu';
import { NearestMark } from './nearestMark';
import { Tooltip } from './Tooltip';

/** How far from a mark the pointer still means it. */
const reach = 14;

export function DotLayer({ marks, label, onPick }: MarkLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const nearest = useMemo(() => new NearestMark(marks), [marks]);
  const [active, setActive] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [quiet, setQuiet] = useState(false); // Ctrl+H hides the tooltip until the next one
  const menu = useMarkMenu();
  const current = Math.min(active, marks.length - 1);
  const mark = marks[current];
  const shown = quiet ? undefined : marks[pointed ?? (focused ? current : -1)];

  const under = (event: MouseEvent) => {
    const box = layer.current?.getBoundingClientRect();
    return box ? nearest.find({ x: event.clientX - box.x, y: event.clientY - box.y }, reach) : null;
  };
  const pick = (at: number, add: boolean) => {
    setActive(at);
    const meant = marks[at];
    if (meant && meant.filters.length > 0) onPick?.(meant.filters, add);
  };
  const typed = (event: KeyboardEvent) => {
    if (mark) menuByKey(menu, event, meantBy(mark));
    if (event.ctrlKey && event.key.toLowerCase() === 'h') {
      event.preventDefault();
      setQuiet(!quiet);
      setFocused(true);
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      pick(current, event.ctrlKey || event.metaKey);
      return;
    }
    const to = stepTo(event.key, current, marks.length);
    if (to === null) return;
    event.preventDefault();
    setPointed(null);
    setQuiet(false);
    setActive(to);
    // The element of that mark is only there after it is drawn.
    requestAnimationFrame(() => layer.current?.querySelector<HTMLElement>('[role="option"]')?.focus());
  };
  const clicked = (event: MouseEvent) => {
    const at = under(event);
    if (at === null) onPick?.([], false);
    else pick(at, event.ctrlKey || event.metaKey);
  };

  return (
    <div
      ref={layer}
      className={`${styles.layer} ${pointed !== null && onPick ? styles.picks : ''}`}
      role="listbox"
      aria-label={`${label}, marks`}
      aria-multiselectable="true"
      aria-orientation="horizontal"
      onKeyDown={typed}
      onMouseMove={(event) => {
        const at = under(event);
        if (at !== pointed) setQuiet(false);
        setPointed(at);
      }}
      onContextMenu={(event) => {
        const meant = marks[under(event) ?? -1];
        if (meant) menuByPointer(menu, event, meantBy(meant));
      }}
      onMouseLeave={() => setPointed(null)}
      onClick={clicked}
    >
      {mark && (
        <div
          key={mark.key}
          role="option"
          aria-label={mark.name}
          aria-selected={mark.selected}
          aria-posinset={current + 1}
          aria-setsize={marks.length}
          tabIndex={0}
          className={`${styles.mark} ${styles.passes}`}
          style={boxOf(mark.rect)}
          onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
          onBlur={() => setFocused(false)}
        >
          <span className={styles.ring} style={boxOf({ ...mark.rect, x: 0, y: 0 })} />
        </div>
      )}
      {shown && <div className={styles.halo} style={boxOf(shown.rect)} />}
      {shown && <Tooltip mark={shown} anchor={layer} hint={hintOf(shown, onPick !== undefined)} />}
    </div>
  );
}

/** Where a key leads among so many marks in a row; Page keys go by a twentieth. Null when the key is not ours. */
export function stepTo(key: string, from: number, count: number): number | null {
  const page = Math.max(1, Math.round(count / 20));
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -page, PageDown: page, Home: -count, End: count };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, from + step));
}
