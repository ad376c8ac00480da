// One card of the Filters pane: what it is about, what it keeps in words, and the form that changes it.
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUp16Regular } from '@fluentui/react-icons/svg/chevron-up';
import { Eraser20Regular } from '@fluentui/react-icons/svg/eraser';
import { LockClosed16Regular } from '@fluentui/react-icons/svg/lock-closed';
import { useId, useState } from 'react';
import { faultOf } from '../../backend/call';
import type { Filter, MembersView } from '../../backend/types';
import { AdvancedFilter } from './AdvancedFilter';
import { formOf, isBasic, isDay, relativeOf } from './advanced';
import { BasicFilter } from './BasicFilter';
import type { ShownCard } from './cards';
import styles from './FilterCard.module.css';
import { RelativeFilter } from './RelativeFilter';
import { sentence, type LabelOf } from './restatement';
import { texts } from './texts';
import { TopFilter } from './TopFilter';
import { useMembers } from './useMembers';

type Kind = 'basic' | 'advanced' | 'top' | 'relative';

interface FilterCardProps {
  card: ShownCard;
  labelOf: LabelOf;
  change: (key: string, filters: Filter[]) => void;
}

export function FilterCard({ card, labelOf, change }: FilterCardProps) {
  const [open, setOpen] = useState(false);
  const body = useId();
  const set = card.filters.length > 0;
  const words = set ? card.filters.map((f) => sentence(f, labelOf)).join(' and ') : texts.isAll;
  return (
    <li className={`${styles.card} ${set ? styles.set : ''}`} data-card={card.key || undefined}>
      <div className={styles.head}>
        {card.locked ? (
          <div className={styles.title}>
            <b>{card.title}</b>
            <span>{words}</span>
          </div>
        ) : (
          <button type="button" className={styles.title} aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
            <b>{card.title}</b>
            <span>{words}</span>
          </button>
        )}
        {card.locked && <LockClosed16Regular className={styles.lock} aria-label={texts.lockedCard} role="img" />}
        {!card.locked && set && (
          <button type="button" className={styles.erase} aria-label={texts.eraseCard(card.title)} title={texts.eraseCard(card.title)} onClick={() => change(card.key, [])}>
            <Eraser20Regular />
          </button>
        )}
        {!card.locked && (open ? <ChevronUp16Regular aria-hidden="true" /> : <ChevronDown16Regular aria-hidden="true" />)}
      </div>
      {open && (
        <div id={body} className={styles.body}>
          <CardForm key={JSON.stringify(card.filters)} card={card} change={(filters) => change(card.key, filters)} />
        </div>
      )}
    </li>
  );
}

function CardForm({ card, change }: { card: ShownCard; change: (filters: Filter[]) => void }) {
  const { data, error } = useMembers(card.field, '');
  const [chosen, setChosen] = useState<Kind | null>(null);
  if (error) return <p className={styles.note}>{faultOf(error).message}</p>;
  if (!data) return <div className={styles.waiting} aria-busy="true" />;
  const kinds = kindsOf(card, data);
  const kind = chosen ?? kindNow(card.filters, data, kinds);
  const form = { field: card.field, filters: card.filters, change };
  return (
    <>
      <label className={styles.kind}>
        <span>{texts.filterType}</span>
        <select value={kind} onChange={(e) => setChosen(kinds.find((k) => k === e.target.value) ?? 'basic')}>
          {kinds.map((k) => (
            <option key={k} value={k}>
              {texts.kinds[k]}
            </option>
          ))}
        </select>
      </label>
      {kind === 'basic' && <BasicFilter {...form} name={card.title} first={data} />}
      {kind === 'advanced' && <AdvancedFilter {...form} type={data.type} />}
      {kind === 'top' && card.visual && <TopFilter {...form} visual={card.visual} />}
      {kind === 'relative' && <RelativeFilter field={card.field} filter={card.filters[0]} change={(f) => change([f])} />}
    </>
  );
}

function kindsOf(card: ShownCard, { type }: MembersView): Kind[] {
  const kinds: Kind[] = isDay(type) ? ['relative', 'advanced', 'basic'] : ['basic', 'advanced'];
  return card.visual && !isDay(type) && (card.visual.query.values ?? []).length > 0 ? [...kinds, 'top'] : kinds;
}

function kindNow(filters: readonly Filter[], { type }: MembersView, kinds: readonly Kind[]): Kind {
  const op = filters[0]?.op;
  if (filters.length === 0) return kinds[0] ?? 'basic';
  if (op === 'top' || op === 'bottom') return 'top';
  if (relativeOf(filters[0])) return 'relative';
  if (isBasic(filters)) return 'basic';
  return formOf(filters, type) ? 'advanced' : 'basic';
}
