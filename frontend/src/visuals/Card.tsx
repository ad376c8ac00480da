import type { Visual, VisualData } from '../backend/types';
import { blank } from '../format/values';
import { usePalette } from '../ui/theme';
import { cardText, type CardText } from './card';
import styles from './Card.module.css';
import { categoryPaint } from './colors';
import { Sparkline } from './Sparkline';

/** The big number of a tile, with its change and the line of its days at the foot. */
export function TileCard({ visual, data }: { visual: Visual; data: VisualData }) {
  const text = cardText(visual, data);
  return (
    <div className={`${styles.card} ${styles.tile}`}>
      <Value text={text} />
      {text.isBlank && !text.second ? <p className={styles.note}>{text.reason}</p> : <Change text={text} />}
      {data.spark && !text.isBlank && <Sparkline spark={data.spark} />}
    </div>
  );
}

/** A card of a report page: label, number, one comparison. */
export function ReportCard({ visual, data }: { visual: Visual; data: VisualData }) {
  const palette = usePalette();
  const text = cardText(visual, data);
  const dot = visual.options.dot ? categoryPaint(visual.options.dot, palette) : null;
  return (
    <div className={`${styles.card} ${styles.report}`}>
      <div className={styles.label}>
        {dot && <i style={{ background: dot.color }} />}
        {visual.title}
      </div>
      <Value text={text} />
      {text.isBlank && !text.second ? <p className={styles.note}>{text.reason}</p> : <Change text={text} />}
    </div>
  );
}

function Value({ text }: { text: CardText }) {
  if (text.isBlank) return <div className={styles.blank}>{blank}</div>;
  const { figure } = text;
  return (
    <div className={`${styles.value} ${figure.text.length > 9 ? styles.long : ''}`} title={text.exact || undefined}>
      {figure.text}
      {figure.unit === '%' && <small className={styles.percent}>%</small>}
      {text.whole && <em>of {text.whole}</em>}
      {figure.unit !== '' && figure.unit !== '%' && <small>{figure.unit}</small>}
    </div>
  );
}

function Change({ text }: { text: CardText }) {
  const { change, second } = text;
  if (second) {
    return (
      <div className={styles.change}>
        {second.label} <b className={styles.neutral}>{second.text}</b>
      </div>
    );
  }
  if (!change) return null;
  return (
    <div className={styles.change}>
      <b className={styles[change.tone]}>
        {change.rises !== null && <Arrow up={change.rises} />}
        {change.text}
      </b>
      {change.label}
    </div>
  );
}

function Arrow({ up }: { up: boolean }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={up ? undefined : { transform: 'scaleY(-1)' }}>
      <path d="M6 10.25V2M2.5 5.25 6 1.75l3.5 3.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
