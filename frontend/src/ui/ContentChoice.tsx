// What to load: a box for each content, and how far back. Used before the first load and for a dataset that is there.
import { Select } from '@fluentui/react-components';
import { useId } from 'react';
import type { Content, ContentView, HistoryChoice } from '../backend/types';
import { CheckBox } from './CheckBox';
import styles from './ContentChoice.module.css';
import { FieldFault } from './DialogParts';
import fieldStyles from './Field.module.css';

const texts = {
  legend: 'What to load',
  none: 'Tick at least one.',
  noWorkItems: 'Without work items, the bug report and the dashboard stay empty.',
  history: 'History',
  whole: 'Work items always load whole.',
  months: (n: number) => (n === 1 ? '1 month' : `${n} months`),
};

// What 0 months stand for.
const defaultMonths = 24;
const same = (a: number, b: number) => (a || defaultMonths) === (b || defaultMonths);

export interface ContentChoiceProps {
  /** Everything that can be ticked, in its order. */
  contents: readonly ContentView[];
  historyChoices: readonly HistoryChoice[];
  ticked: readonly Content[];
  months: number;
  /** With the sentence of each content under its name. */
  detailed?: boolean;
  change: (ticked: Content[], months: number) => void;
}

export function ContentChoice({ contents, historyChoices, ticked, months, detailed, change }: ContentChoiceProps) {
  const id = useId();
  const known = historyChoices.find((c) => same(c.months, months));
  const chosen = known?.months ?? months;
  // In the order of the dialog, whatever the order of the clicks.
  const tick = (content: Content, on: boolean) => change(contents.map((c) => c.content).filter((c) => (c === content ? on : ticked.includes(c))), months);
  return (
    <div className={styles.choice}>
      <fieldset className={styles.contents} aria-describedby={ticked.length === 0 ? `${id}-none` : undefined}>
        <legend className={fieldStyles.label}>{texts.legend}</legend>
        <div className={detailed ? styles.detailed : styles.boxes}>
          {contents.map((c) => (
            <div key={c.content} title={detailed ? undefined : c.sentence}>
              <CheckBox checked={ticked.includes(c.content)} describedBy={`${id}-${c.content}`} change={(on) => tick(c.content, on)}>
                {c.name}
              </CheckBox>
              <p id={`${id}-${c.content}`} className={detailed ? styles.sentence : 'sl-unseen'}>
                {c.sentence}
              </p>
            </div>
          ))}
        </div>
        {contents.length > 0 && ticked.length === 0 && <FieldFault id={`${id}-none`}>{texts.none}</FieldFault>}
        {ticked.length > 0 && !ticked.includes('workItems') && (
          <p className={fieldStyles.hint} role="status">
            {texts.noWorkItems}
          </p>
        )}
      </fieldset>
      <div className={styles.history}>
        <label className={fieldStyles.label} htmlFor={`${id}-history`}>
          {texts.history}
        </label>
        <Select id={`${id}-history`} value={String(chosen)} aria-describedby={`${id}-whole`} onChange={(_, data) => change([...ticked], Number(data.value))}>
          {historyChoices.map((c) => (
            <option key={c.months} value={String(c.months)}>
              {c.label}
            </option>
          ))}
          {!known && historyChoices.length > 0 && <option value={String(chosen)}>{texts.months(chosen)}</option>}
        </Select>
        <p id={`${id}-whole`} className={fieldStyles.hint}>
          {texts.whole}
        </p>
      </div>
    </div>
  );
}
