// Two ends of a slicer: numbers or days, of which either may be open. For numbers each end can be dragged, too.
import { useState } from 'react';
import type { Cell, Member, Slicer } from '../../backend/types';
import styles from './Slicer.module.css';
import { texts } from './texts';

interface RangeSlicerProps {
  slicer: Slicer;
  /** The first and the last member that there are. */
  ends: readonly Member[];
  picked: readonly Cell[];
  onPick: (values: Cell[]) => void;
}

/** The two ends as they are asked for, or none when both are open. */
export function rangeOf(low: string, high: string, days: boolean): Cell[] {
  const cell = (text: string): Cell => (text.trim() === '' ? null : days ? text : Number(text));
  const both = [cell(low), cell(high)];
  return both.every((v) => v === null) ? [] : both;
}

export function RangeSlicer({ slicer, ends, picked, onPick }: RangeSlicerProps) {
  const days = typeof ends[0]?.value === 'string';
  const [least, most] = [ends[0]?.value, ends[1]?.value];
  const shown = (at: number) => String(picked[at] ?? '');
  const [typed, setTyped] = useState<{ low: string; high: string } | null>(null);
  const low = typed?.low ?? shown(0);
  const high = typed?.high ?? shown(1);
  const done = (next: { low: string; high: string }) => {
    setTyped(null);
    if (next.low !== shown(0) || next.high !== shown(1)) onPick(rangeOf(next.low, next.high, days));
  };
  const type = (next: { low: string; high: string }) => setTyped(next);
  const slide = typeof least === 'number' && typeof most === 'number' && least < most;
  const field = (label: string, value: string, end: Cell | undefined, made: (text: string) => { low: string; high: string }) => (
    <label>
      {label}
      <input
        type={days ? 'date' : 'number'}
        value={value}
        placeholder={String(end ?? '')}
        aria-label={`${slicer.title}, ${label}`}
        onChange={(e) => (days ? done(made(e.target.value)) : type(made(e.target.value)))}
        onBlur={() => done({ low, high })}
        onKeyDown={(e) => e.key === 'Enter' && done({ low, high })}
      />
    </label>
  );
  const slider = (label: string, value: string, end: number, made: (text: string) => { low: string; high: string }) => (
    <input
      type="range"
      min={least as number}
      max={most as number}
      value={value === '' ? end : value}
      aria-label={`${slicer.title}, ${label}, slider`}
      onChange={(e) => type(made(e.target.value))}
      onPointerUp={() => done({ low, high })}
      onKeyUp={() => done({ low, high })}
    />
  );
  return (
    <div className={styles.range}>
      {field(texts.from, low, least, (text) => ({ low: text, high }))}
      {field(texts.to, high, most, (text) => ({ low, high: text }))}
      {slide && slider(texts.from, low, least, (text) => ({ low: text, high }))}
      {slide && slider(texts.to, high, most, (text) => ({ low, high: text }))}
    </div>
  );
}
