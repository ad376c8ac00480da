// Title, what it says, and the legend: right on the line of the title where it fits, else on that of the
// subtitle, else below both.
import { useRef } from 'react';
import type { Filter } from '../backend/types';
import { Legend } from './Legend';
import type { LegendItem } from './model';
import { useFonts } from './motion';
import { textWidth } from './textWidth';
import { useSize } from './useSize';
import styles from './VisualHead.module.css';

interface VisualHeadProps {
  title: string;
  subtitle: string;
  legend: readonly LegendItem[];
  selection: readonly Filter[] | null;
  onPick?: (filters: Filter[], add: boolean) => void;
  /** On a tile the subtitle never wraps. */
  tile?: boolean;
  /** Of the whole visual: a legend below the title gives way to a drawing that has little room. */
  height?: number;
}

/** The width of a legend on one line: swatch, space and name of each. */
export function legendWidth(items: readonly LegendItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'square' || item.kind === 'hatched' ? 16 : 20) + textWidth(item.name, 12) + 14, -14);
}

export function VisualHead({ title, subtitle, legend, selection, onPick, tile, height = Infinity }: VisualHeadProps) {
  const head = useRef<HTMLElement>(null);
  const size = useSize(head);
  useFonts();
  const needed = legend.length > 0 ? 14 + legendWidth(legend) : 0;
  const beside = !size || textWidth(title, 13, 600) + needed <= size.width;
  const under = !beside && subtitle !== '' && textWidth(subtitle, 12) + needed <= size.width;
  // Below a drawing's least height its tooltips say the names.
  const below = height >= 210 || (height >= 150 && size !== null && needed - 14 <= size.width);
  const list = <Legend items={legend} selection={selection} {...(onPick ? { onPick } : {})} />;
  return (
    <header ref={head} className={styles.head}>
      <div className={styles.line}>
        <h2>{title}</h2>
        {beside && list}
      </div>
      {subtitle && (
        <div className={styles.line}>
          <p className={tile ? styles.one : undefined} title={tile ? subtitle : undefined}>
            {subtitle}
          </p>
          {under && list}
        </div>
      )}
      {!beside && !under && below && <div className={styles.below}>{list}</div>}
    </header>
  );
}
