// The items of the chosen step, beside the steps.
import type { ChangePart, ItemChange, ValueInfo } from '../../../backend/types';
import { number } from '../../../format/numbers';
import { plainValue } from '../../../format/values';
import { Button } from '../../../ui/Button';
import styles from './ChangesPane.module.css';
import { stepName, stepReason, texts, whatMoved } from './texts';

interface ChangedItemsProps {
  part: ChangePart;
  value: ValueInfo;
  /** The two days in words. */
  from: string;
  to: string;
  openItem: (id: number) => void;
  openList: () => void;
}

export function ChangedItems({ part, value, from, to, openItem, openList }: ChangedItemsProps) {
  const name = stepName(part.kind, part.field);
  const moved = part.items.some((i) => i.was || i.is);
  const counts = part.items.every((i) => Math.abs((i.after ?? 0) - (i.before ?? 0)) === 1);
  return (
    <section className={styles.card} aria-label={texts.list(name)}>
      <header className={styles.cardHead}>
        <div>
          <h2>
            {name} <span>{number(part.count)}</span>
          </h2>
          <p>{stepReason(part.kind, part.field, from, to)}</p>
        </div>
        <Button look="link" onClick={openList}>
          {texts.openList}
        </Button>
      </header>
      {/* A person scrolls it with the keyboard, too. */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={texts.list(name)}>
        <table className={styles.items}>
          <thead>
            <tr>
              <th scope="col" className={styles.right}>
                {texts.id}
              </th>
              <th scope="col">{texts.itemTitle}</th>
              {moved && <th scope="col">{whatMoved(part.field)}</th>}
              {!counts && (
                <th scope="col" className={styles.right}>
                  {value.name}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {part.items.map((item) => (
              <tr key={item.id}>
                <td className={styles.right}>
                  <button type="button" className={styles.link} onClick={() => openItem(item.id)}>
                    {item.id}
                  </button>
                </td>
                <td title={item.title}>{item.title}</td>
                {moved && <td title={wasAndIs(item)}>{wasAndIs(item)}</td>}
                {!counts && (
                  <td className={styles.right}>
                    {plainValue(item.before ?? 0, value)} → {plainValue(item.after ?? 0, value)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer>{texts.shown(number(part.items.length), number(part.count))}</footer>
    </section>
  );
}

const lastNode = (path: string | undefined) => path?.split('\\').pop() ?? '';
const wasAndIs = (item: ItemChange) => [lastNode(item.was), lastNode(item.is)].filter(Boolean).join(' → ');
