import styles from './ProgressLine.module.css';

/** A progress bar from 0 to 1; `null` runs without an end, because nobody knows it yet. */
export function ProgressLine(props: { value: number | null; label: string; tone?: 'brand' | 'ok' | 'warning'; height?: number }) {
  const { value, label, tone = 'brand', height = 6 } = props;
  const share = value === null ? 0 : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(share * 100)}
      className={styles.line}
      style={{ height, borderRadius: height / 2 }}
    >
      <div className={`${styles.part} ${styles[tone]} ${value === null ? styles.endless : ''}`} style={value === null ? undefined : { width: `${share * 100}%` }} />
    </div>
  );
}
