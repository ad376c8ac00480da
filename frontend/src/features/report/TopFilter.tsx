// Top N of a filter card: the members with the largest, or smallest, value.
import { useState } from 'react';
import type { Filter, Value, Visual } from '../../backend/types';
import { Button } from '../../ui/Button';
import styles from './FilterCard.module.css';
import { fieldName } from './restatement';
import { texts } from './texts';

/** A value of a document may be written as the name of its measure. */
type Written = Value | string;

const nameOf = (v: Written) => (typeof v === 'string' ? v : (v.name ?? v.measure ?? `${v.aggregate ?? ''} ${fieldName(v.field ?? '')}`.trim()));

export function TopFilter({ field, visual, filters, change }: { field: string; visual: Visual; filters: readonly Filter[]; change: (filters: Filter[]) => void }) {
  const now = filters.length === 1 && (filters[0]?.op === 'top' || filters[0]?.op === 'bottom') ? filters[0] : undefined;
  const values: Written[] = [...visual.query.values, ...(visual.tooltips ?? [])];
  const [op, setOp] = useState<'top' | 'bottom'>(now?.op === 'bottom' ? 'bottom' : 'top');
  const [n, setN] = useState(String(now?.values?.[0] ?? 5));
  const [by, setBy] = useState(now?.by ? nameOf(now.by) : nameOf(values[0] ?? ''));
  const count = Number(n);
  const fits = Number.isInteger(count) && count >= 1 && count <= 10_000;
  const value = values.find((v) => nameOf(v) === by);
  return (
    <form
      className={styles.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (fits && value) change([{ field, op, values: [count], by: typeof value === 'string' ? { measure: value } : value }]);
      }}
    >
      <div className={styles.line}>
        <select aria-label={texts.kinds.top} value={op} onChange={(e) => setOp(e.target.value === 'bottom' ? 'bottom' : 'top')}>
          <option value="top">{texts.top}</option>
          <option value="bottom">{texts.bottom}</option>
        </select>
        <input type="number" min={1} max={10_000} aria-label={texts.howMany} value={n} onChange={(e) => setN(e.target.value)} />
      </div>
      <select aria-label={texts.byValue} value={by} onChange={(e) => setBy(e.target.value)}>
        {values.map((v) => (
          <option key={nameOf(v)} value={nameOf(v)}>
            {nameOf(v)}
          </option>
        ))}
      </select>
      <Button type="submit" size="small" disabled={!fits || !value}>
        {texts.apply}
      </Button>
    </form>
  );
}
