import type { Filter } from '../backend/types';
import { isPicked } from './filters';
import styles from './Legend.module.css';
import type { LegendItem } from './model';

interface LegendProps {
  items: readonly LegendItem[];
  selection: readonly Filter[] | null;
  onPick?: (filters: Filter[], add: boolean) => void;
}

/** Names of the colours in the field's own order. A name picks its member, as in Power BI. */
export function Legend({ items, selection, onPick }: LegendProps) {
  if (items.length === 0) return null;
  return (
    <ul className={styles.legend}>
      {items.map((item) => {
        const swatch = <i className={styles[item.kind === 'line' ? 'stroke' : item.kind === 'ring' ? 'circle' : item.kind]} style={{ '--c': item.color } as React.CSSProperties} />;
        if (!onPick || item.filters.length === 0) {
          return (
            <li key={item.key}>
              {swatch}
              {item.name}
            </li>
          );
        }
        return (
          <li key={item.key}>
            <button type="button" aria-pressed={isPicked(item.filters, selection)} onClick={(e) => onPick(item.filters, e.ctrlKey || e.metaKey)}>
              {swatch}
              {item.name}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
