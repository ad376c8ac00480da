import type { VisualType } from '../backend/types';
import styles from './Skeleton.module.css';

/** Grey blocks in the shape of what is being computed. Nothing shimmers. */
export function Skeleton({ type, title = '' }: { type: VisualType; title?: string }) {
  switch (type) {
    case 'card':
      return (
        <div className={styles.card} aria-hidden="true">
          {title && <span>{title}</span>}
          <i style={{ width: 84, height: 26 }} />
          <i style={{ width: 120, height: 10 }} />
        </div>
      );
    case 'text':
    case 'image':
      return null;
    case 'bar':
    case 'percentiles':
      return (
        <div className={styles.bars} aria-hidden="true">
          {[92, 70, 58, 36].map((w) => (
            <i key={w} style={{ width: `${w}%` }} />
          ))}
        </div>
      );
    case 'table':
    case 'matrix':
    case 'heat':
      return (
        <div className={styles.rows} aria-hidden="true">
          {[96, 88, 92, 84, 90].map((w) => (
            <i key={w} style={{ width: `${w}%` }} />
          ))}
        </div>
      );
    case 'pie':
      return (
        <div className={`${styles.ring} ${styles.disc}`} aria-hidden="true">
          <i />
        </div>
      );
    case 'donut':
      return (
        <div className={styles.ring} aria-hidden="true">
          <i />
        </div>
      );
    case 'line':
    case 'area':
    case 'burndown':
      return (
        <div className={styles.line} aria-hidden="true">
          <svg viewBox="0 0 100 40" preserveAspectRatio="none">
            <path d="M0 14 18 18 34 10 52 22 70 16 86 26 100 22V40H0Z" />
          </svg>
        </div>
      );
    case 'control':
    case 'scatter':
      return (
        <div className={styles.line} aria-hidden="true">
          <svg viewBox="0 0 100 40">
            {[8, 19, 27, 38, 46, 55, 66, 74, 83, 93].map((x, i) => (
              <circle key={x} cx={x} cy={[26, 12, 30, 20, 33, 16, 24, 9, 28, 18][i]} r="1.6" />
            ))}
          </svg>
        </div>
      );
    default:
      return (
        <div className={styles.columns} aria-hidden="true">
          {[34, 62, 52, 78, 46, 66].map((h) => (
            <i key={h} style={{ height: `${h}%` }} />
          ))}
        </div>
      );
  }
}
