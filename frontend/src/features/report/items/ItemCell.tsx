// One cell of the list: a state with its dot, a person, an ordinal with its stripe, a number with its bar.
import { Person16Regular } from '@fluentui/react-icons/svg/person';
import type { Cell, Dimension, ItemsColumn } from '../../../backend/types';
import { PersonAvatar } from '../../../ui/PersonAvatar';
import { usePalette } from '../../../ui/theme';
import type { ColorBook } from '../../../visuals/colorBook';
import { memberPaint } from '../../../visuals/colors';
import { cellText, kindOf, memberAt } from './itemColumns';
import styles from './ItemsGrid.module.css';

interface ItemCellProps {
  column: ItemsColumn;
  cell: Cell | undefined;
  /** The largest number of the column, for the length of its bar; null without bars. */
  max: number | null;
  zone: string;
  colors: ColorBook;
}

export function ItemCell({ column, cell, max, zone, colors }: ItemCellProps) {
  const palette = usePalette();
  const text = cellText(column, cell, zone);
  const member = memberAt(column, cell);
  const paint = () => {
    const dimension = { field: column.field, name: column.name, type: column.type, role: column.role, members: member ? column.members : [{ value: cell ?? null, label: text }] } as Dimension;
    return memberPaint(dimension, member ? Number(cell) : 0, palette, colors).color;
  };
  switch (kindOf(column)) {
    case 'state':
      return (
        <span className={styles.withMark}>
          {text && <i className={styles.dot} style={{ background: paint() }} />}
          {text}
        </span>
      );
    case 'ordinal':
      return (
        <span className={styles.withMark}>
          {text && member?.value !== null && <i className={styles.stripe} style={{ background: paint() }} />}
          {text}
        </span>
      );
    case 'person':
      return (
        <span className={styles.withMark}>
          {!text || member?.value === null ? (
            <span className={styles.nobody}>
              <Person16Regular />
            </span>
          ) : (
            <PersonAvatar name={text} address={member?.detail} size={20} />
          )}
          <span className={styles.cut}>{text}</span>
        </span>
      );
    case 'number':
      if (max === null || cell === null || cell === undefined) return <>{text}</>;
      return (
        <span className={styles.barred}>
          <i className={styles.track}>
            <i style={{ width: `${max > 0 ? Math.max(0, (Number(cell) / max) * 100) : 0}%` }} />
          </i>
          <b>{text}</b>
        </span>
      );
    default:
      return <>{text}</>;
  }
}
