// The advanced form of a filter card: one condition or two, joined by And or Or.
import { useId, useState } from 'react';
import type { ColumnType, Filter, Op } from '../../backend/types';
import { Button } from '../../ui/Button';
import { Segments } from '../../ui/Segments';
import { filtersOf, formOf, isDay, needsText, operatorsOf, type Advanced, type Condition } from './advanced';
import styles from './FilterCard.module.css';
import { texts } from './texts';

interface AdvancedFilterProps {
  field: string;
  type: ColumnType;
  filters: readonly Filter[];
  change: (filters: Filter[]) => void;
}

const joins = [{ value: 'and' as const, label: texts.and }, { value: 'or' as const, label: texts.or }];

export function AdvancedFilter({ field, type, filters, change }: AdvancedFilterProps) {
  const [form, setForm] = useState<Advanced>(() => formOf(filters, type) ?? (formOf([], type) as Advanced));
  const fault = useId();
  const made = filtersOf(field, form, type);
  return (
    <form
      className={styles.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (made) change(made);
      }}
    >
      <ConditionLine n={1} type={type} condition={form.first} change={(first) => setForm({ ...form, first })} describedBy={made ? undefined : fault} />
      <Segments legend={texts.join} legendUnseen options={joins} value={form.join} change={(join) => setForm({ ...form, join })} />
      <ConditionLine n={2} type={type} condition={form.second} change={(second) => setForm({ ...form, second })} describedBy={made ? undefined : fault} />
      {!made && (
        <p id={fault} className={styles.fault} role="alert">
          {texts.unfit}
        </p>
      )}
      <Button type="submit" size="small" disabled={!made}>
        {texts.apply}
      </Button>
    </form>
  );
}

interface ConditionLineProps {
  n: number;
  type: ColumnType;
  condition: Condition;
  change: (condition: Condition) => void;
  describedBy: string | undefined;
}

function ConditionLine({ n, type, condition, change, describedBy }: ConditionLineProps) {
  const words = texts.ops[isDay(type) ? 'date' : type === 'integer' || type === 'number' ? 'number' : 'text'];
  return (
    <div className={styles.condition}>
      <select aria-label={texts.condition(n)} value={condition.op} onChange={(e) => change({ ...condition, op: e.target.value as Op })}>
        {operatorsOf(type).map((op) => (
          <option key={op} value={op}>
            {words[op]}
          </option>
        ))}
      </select>
      {needsText(condition.op) && (
        <input type={isDay(type) ? 'date' : 'text'} aria-label={texts.value(n)} aria-describedby={describedBy} value={condition.text} onChange={(e) => change({ ...condition, text: e.target.value })} />
      )}
    </div>
  );
}
