// One cell in the manner of its column: a link, a state with its dot, a person, a number with its bar.
import { PersonAvatar } from '../ui/PersonAvatar';
import { usePalette } from '../ui/theme';
import { Person16Regular } from '@fluentui/react-icons/svg/person';
import type { Dimension } from '../backend/types';
import type { ColorBook } from './colorBook';
import { memberPaint } from './colors';
import styles from './DataGrid.module.css';
import { cellText, memberOf, numberOf, type Density, type GridColumn, type GridRow } from './grid';

/** Opens a work item in Azure DevOps. */
export type OpenItem = (id: number) => void;

interface GridCellProps {
  column: GridColumn;
  row: GridRow;
  density: Density;
  colors: ColorBook;
  onOpenItem?: OpenItem;
}

export function GridCell({ column, row, density, colors, onOpenItem }: GridCellProps) {
  const palette = usePalette();
  const text = cellText(column, row);
  const member = memberOf(column, row);
  const paint = () => {
    const key = 'dimension' in column.source ? (row.row.keys[column.source.dimension] ?? -1) : -1;
    return memberPaint(column.info as Dimension, key, palette, colors).color;
  };
  switch (column.kind) {
    case 'id': {
      const id = Number(member?.value);
      if (!onOpenItem || !Number.isInteger(id)) return <span className={styles.idText}>{text}</span>;
      return (
        <button
          type="button"
          tabIndex={-1}
          className={styles.link}
          title={`Open ${text} in Azure DevOps`}
          onClick={(event) => {
            event.stopPropagation();
            onOpenItem(id);
          }}
        >
          {text}
        </button>
      );
    }
    case 'state':
      return (
        <span className={styles.withMark}>
          <i className={styles.dot} style={{ background: paint() }} />
          {text}
        </span>
      );
    case 'ordinal':
      return (
        <span className={styles.withMark}>
          {member?.value !== null && <i className={styles.stripe} style={{ background: paint() }} />}
          {text}
        </span>
      );
    case 'person':
      return (
        <span className={styles.withMark}>
          {member?.value === null || member?.value === '' ? (
            <span className={styles.nobody}>
              <Person16Regular />
            </span>
          ) : (
            <PersonAvatar name={text} address={member?.detail} size={20} />
          )}
          {density !== 'noNames' && <span className={styles.cut}>{text}</span>}
        </span>
      );
    case 'number': {
      const n = numberOf(column, row);
      if (n === null) return null;
      if (column.barOf === null) return 'second' in column.source ? <span className={styles.then}>{text}</span> : <>{text}</>;
      return (
        <span className={styles.barred}>
          {density === 'full' && (
            <i className={styles.track}>
              <i style={{ width: `${column.barOf > 0 ? Math.max(0, (n / column.barOf) * 100) : 0}%` }} />
            </i>
          )}
          <b>{text}</b>
        </span>
      );
    }
    default:
      return <>{text}</>;
  }
}
