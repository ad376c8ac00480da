// What a mark says, beside it and never over it. All of it is text from data, so all of it is text nodes.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { clamp, type Rect, type Size } from './geometry';
import type { Mark } from './model';
import styles from './Tooltip.module.css';

const distance = 10;
const margin = 8;

/** Above the mark, else below it, else beside it; always inside the window. All in window coordinates. */
export function placeTooltip(mark: Rect, tip: Size, room: Size): { left: number; top: number } {
  const middle = clamp(mark.x + mark.width / 2 - tip.width / 2, margin, Math.max(margin, room.width - tip.width - margin));
  const above = mark.y - distance - tip.height;
  if (above >= margin) return { left: middle, top: above };
  const below = mark.y + mark.height + distance;
  if (below + tip.height <= room.height - margin) return { left: middle, top: below };
  const right = mark.x + mark.width + distance;
  const top = clamp(mark.y, margin, Math.max(margin, room.height - tip.height - margin));
  return { left: right + tip.width <= room.width - margin ? right : Math.max(margin, mark.x - distance - tip.width), top };
}

export function Tooltip({ mark, anchor, hint }: { mark: Mark; anchor: RefObject<HTMLElement | null>; hint: string }) {
  const tip = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useEffect(() => {
    // Measured when the next frame is laid out anyway: earlier would lay out a whole page whose numbers are still changing.
    const frame = requestAnimationFrame(() => {
      const origin = anchor.current?.getBoundingClientRect();
      const box = tip.current?.getBoundingClientRect();
      if (!origin || !box) return;
      const at = { ...mark.rect, x: origin.x + mark.rect.x, y: origin.y + mark.rect.y };
      setPlace(placeTooltip(at, box, { width: window.innerWidth, height: window.innerHeight }));
    });
    return () => cancelAnimationFrame(frame);
  }, [mark, anchor]);
  return createPortal(
    <div ref={tip} className={styles.tip} style={{ ...place, visibility: place ? 'visible' : 'hidden' }} aria-hidden="true">
      <b className={styles.head}>{mark.head}</b>
      {mark.tip.map((row) => (
        <div key={row.name} className={`${styles.row} ${row.strong ? styles.strong : ''}`}>
          <i style={{ background: row.color ?? 'transparent' }} />
          <span>{row.name}</span>
          <em>{row.value}</em>
        </div>
      ))}
      {hint && <div className={styles.hint}>{hint}</div>}
    </div>,
    document.body,
  );
}
