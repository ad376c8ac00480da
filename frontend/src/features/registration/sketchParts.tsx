// The pieces that the drawings of a form are made of: ours, in the colours of the theme, and like no real page to the dot.
import type { ReactNode } from 'react';
import styles from './Sketch.module.css';

/** A window of 480 by 232 with the path of the place at its top and its menu at the left. */
export function Place({ label, path, menu, open, children }: { label: string; path: string; menu: readonly string[]; open: string; children: ReactNode }) {
  return (
    <svg className={styles.sketch} viewBox="0 0 480 232" role="img" aria-label={label}>
      <rect className={styles.window} x="0.5" y="0.5" width="479" height="231" rx="8" />
      <path className={styles.head} d="M.5 8.500a8 8 0 0 1 8-8h463a8 8 0 0 1 8 8V28.500H.5z" />
      <text className={styles.path} x="14" y="19">
        {path}
      </text>
      <path className={styles.line} d="M118.500 29v202" />
      {menu.map((item, i) => (
        <g key={item}>
          {item === open && <rect className={styles.open} x="6" y={38 + i * 24} width="106" height="20" rx="4" />}
          <text className={item === open ? styles.openText : styles.quiet} x="14" y={52 + i * 24}>
            {item}
          </text>
        </g>
      ))}
      {children}
    </svg>
  );
}

export function Words({ x, y, children, strong, end }: { x: number; y: number; children: string; strong?: boolean; end?: boolean }) {
  return (
    <text className={strong ? styles.strong : styles.text} x={x} y={y} textAnchor={end ? 'end' : undefined}>
      {children}
    </text>
  );
}

export function Quiet({ x, y, children }: { x: number; y: number; children: string }) {
  return (
    <text className={styles.quiet} x={x} y={y}>
      {children}
    </text>
  );
}

interface BoxProps {
  x: number;
  y: number;
  w: number;
  text: string;
}

/** A field with what is typed in it; `choice` has the arrow of a list. */
export function Typed({ x, y, w, text, choice }: BoxProps & { choice?: boolean }) {
  return (
    <g>
      <rect className={styles.field} x={x + 0.5} y={y + 0.5} width={w - 1} height="23" rx="3" />
      <text className={styles.text} x={x + 9} y={y + 16}>
        {text}
      </text>
      {choice && <path className={styles.arrow} d={`M${x + w - 18} ${y + 10}l4 4l4-4`} />}
    </g>
  );
}

export function Press({ x, y, w, text, quiet }: BoxProps & { quiet?: boolean }) {
  return (
    <g>
      <rect className={quiet ? styles.field : styles.press} x={x + 0.5} y={y + 0.5} width={w - 1} height="23" rx="3" />
      <text className={quiet ? styles.text : styles.pressText} x={x + w / 2} y={y + 16} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** A box with its tick, or the round one of a choice. */
export function Tick({ x, y, on, round, children }: { x: number; y: number; on: boolean; round?: boolean; children: string }) {
  return (
    <g>
      {round ? <circle className={styles.field} cx={x + 6} cy={y + 6} r="5.500" /> : <rect className={on ? styles.press : styles.field} x={x + 0.5} y={y + 0.5} width="11" height="11" rx="2" />}
      {on && round && <circle className={styles.dot} cx={x + 6} cy={y + 6} r="3" />}
      {on && !round && <path className={styles.tick} d={`M${x + 3} ${y + 6.2}l2.200 2.200l4-4.400`} />}
      <text className={on ? styles.text : styles.quiet} x={x + 19} y={y + 10}>
        {children}
      </text>
    </g>
  );
}

/** The yellow ring around what is clicked, with its number. */
export function Here({ x, y, w, h = 32, n }: { x: number; y: number; w: number; h?: number; n?: number }) {
  return (
    <g>
      <rect className={styles.here} x={x} y={y} width={w} height={h} rx="6" />
      {n !== undefined && (
        <>
          <circle className={styles.number} cx={x + w} cy={y} r="8.500" />
          <text className={styles.numberText} x={x + w} y={y + 3.6} textAnchor="middle">
            {n}
          </text>
        </>
      )}
    </g>
  );
}
