// Relative days: in the last, this or the next so many days, weeks, months or years, rolling or by the calendar.
import { useState } from 'react';
import type { Filter } from '../../backend/types';
import { Button } from '../../ui/Button';
import { CheckBox } from '../../ui/CheckBox';
import { relativeFilter, relativeOf, type RelativeForm } from './advanced';
import styles from './FilterCard.module.css';
import { texts } from './texts';
import { usePageInUse } from './useMembers';

const whens = ['last', 'this', 'next'] as const;
const units = ['day', 'week', 'cweek', 'month', 'cmonth', 'quarter', 'cquarter', 'year', 'cyear'] as const;

const start: RelativeForm = { when: 'last', n: 30, unit: 'day', calendar: false, today: true };

export function RelativeFilter({ field, filter, change }: { field: string; filter: Filter | undefined; change: (filter: Filter) => void }) {
  const { timeZone } = usePageInUse();
  const [form, setForm] = useState<RelativeForm>(() => relativeOf(filter) ?? start);
  const fits = Number.isInteger(form.n) && form.n >= 1 && form.n <= 10_000;
  const calendar = form.calendar && form.unit !== 'day';
  return (
    <form
      className={styles.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (fits) change(relativeFilter(field, form));
      }}
    >
      <div className={styles.line}>
        <span>{texts.isInThe}</span>
        <select aria-label={texts.when} value={form.when} onChange={(e) => setForm({ ...form, when: whens.find((w) => w === e.target.value) ?? 'last' })}>
          {whens.map((w) => (
            <option key={w} value={w}>
              {texts.whens[w]}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.line}>
        <input type="number" min={1} max={10_000} aria-label={texts.howMany} value={Number.isNaN(form.n) ? '' : form.n} onChange={(e) => setForm({ ...form, n: e.target.valueAsNumber })} />
        <select
          aria-label={texts.unit}
          value={calendar && form.when !== 'this' ? `c${form.unit}` : form.unit}
          onChange={(e) => setForm({ ...form, unit: e.target.value.replace(/^c/, '') as RelativeForm['unit'], calendar: e.target.value.startsWith('c') })}
        >
          {units
            .filter((u) => form.when !== 'this' || !u.startsWith('c'))
            .map((u) => (
              <option key={u} value={u}>
                {texts.units[u]}
              </option>
            ))}
        </select>
      </div>
      {form.when !== 'this' && !calendar && (
        <CheckBox checked={form.today} change={(today) => setForm({ ...form, today })}>
          {texts.includeToday}
        </CheckBox>
      )}
      <p className={styles.note}>{texts.zone(timeZone)}</p>
      <Button type="submit" size="small" disabled={!fits}>
        {texts.apply}
      </Button>
    </form>
  );
}
