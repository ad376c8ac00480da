// What a load did not read: put off until the next refresh, or not allowed. Both are counted and listed.
import { ChevronRight12Regular } from '@fluentui/react-icons/svg/chevron-right';
import { LockClosed20Regular } from '@fluentui/react-icons/svg/lock-closed';
import { Timer20Regular } from '@fluentui/react-icons/svg/timer';
import { useId, useState, type ReactNode } from 'react';
import type { ProgressView, UnreadView } from '../../backend/types';
import { number } from '../../format/numbers';
import { sentenceCase } from '../../format/phrases';
import styles from './Unread.module.css';
import { texts } from './texts';

export function Unread({ p }: { p: ProgressView }) {
  return (
    <>
      {p.parked.length > 0 && (
        <UnreadList
          parts={p.parked}
          tone="parked"
          icon={<Timer20Regular aria-hidden="true" />}
          title={p.parked.length === 1 ? texts.parkedOne : texts.parkedMany(number(p.parked.length))}
          note={texts.parkedNote}
          startsOpen
        />
      )}
      {p.skipped.length > 0 && (
        <UnreadList
          parts={p.skipped}
          tone="skipped"
          icon={<LockClosed20Regular aria-hidden="true" />}
          title={p.skipped.length === 1 ? texts.skippedOne : texts.skippedMany(number(p.skipped.length))}
          note={texts.skippedNote}
        />
      )}
    </>
  );
}

interface UnreadListProps {
  parts: readonly UnreadView[];
  tone: 'parked' | 'skipped';
  icon: ReactNode;
  title: string;
  note: string;
  startsOpen?: boolean;
}

function UnreadList({ parts, tone, icon, title, note, startsOpen = false }: UnreadListProps) {
  const id = useId();
  const [open, setOpen] = useState(startsOpen);
  return (
    <section className={`${styles.unread} ${styles[tone]}`} aria-label={title}>
      {icon}
      <div>
        <h2>
          <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {title}
            <ChevronRight12Regular aria-hidden="true" />
          </button>
        </h2>
        <div id={id} hidden={!open}>
          <ul>
            {parts.map((part) => (
              <li key={`${part.project} ${part.what} ${part.why}`}>
                <b>{sentenceCase(part.project ? texts.inProject(part.what, part.project) : part.what)}</b>
                <span>{part.why}</span>
              </li>
            ))}
          </ul>
          <p>{note}</p>
        </div>
      </div>
    </section>
  );
}
