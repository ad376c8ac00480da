import { useId } from 'react';
import styles from './Choices.module.css';

export interface SegmentsProps<V extends string> {
  /** What is chosen here; stands above the row unless `legendUnseen`. */
  legend: string;
  legendUnseen?: boolean;
  options: readonly { value: V; label: string }[];
  value: V;
  disabled?: boolean;
  change: (value: V) => void;
}

/** One of a few choices side by side. Arrow keys move between them, as in every group of radio buttons. */
export function Segments<V extends string>({ legend, legendUnseen, options, value, disabled, change }: SegmentsProps<V>) {
  const name = useId();
  return (
    <fieldset className={styles.segments} disabled={disabled}>
      <legend className={legendUnseen ? 'sl-unseen' : undefined}>{legend}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => change(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
