import { ChevronRight12Regular } from '@fluentui/react-icons/svg/chevron-right';
import { useId, useState } from 'react';
import type { RunView } from '../../backend/types';
import { number } from '../../format/numbers';
import { Button } from '../../ui/Button';
import cardStyles from './DatasetScreen.module.css';
import styles from './HistoryTable.module.css';
import { RunDetails } from './RunDetails';
import { runLine } from './runs';
import { history as texts } from './texts';

const shownFirst = 12;

/** Every refresh, newest first, with what it did or why it stopped. A row opens to all that is known of it. */
export function HistoryTable({ runs, save }: { runs: readonly RunView[]; save: () => void }) {
  const { columns } = texts;
  const [whole, setWhole] = useState(false);
  const [open, setOpen] = useState('');
  const shown = whole ? runs : runs.slice(0, shownFirst);
  return (
    <section className={`${cardStyles.card} ${styles.history}`} aria-label={texts.title}>
      <div className={cardStyles.cardHead}>
        <div>
          <h2>{texts.title}</h2>
          <p>{runs.length === 0 ? texts.none : texts.subtitle}</p>
        </div>
        {runs.length > 0 && (
          <Button look="link" aria-label={texts.exportOf} onClick={save}>
            {texts.export}
          </Button>
        )}
      </div>
      {runs.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{columns.start}</th>
              <th scope="col">{columns.type}</th>
              <th scope="col">{columns.status}</th>
              <th scope="col">{columns.time}</th>
              <th scope="col">{columns.rows}</th>
              <th scope="col">{columns.requests}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((run) => {
              const key = run.started + run.type;
              return <Row key={key} run={run} open={open === key} toggle={() => setOpen(open === key ? '' : key)} />;
            })}
          </tbody>
        </table>
      )}
      {runs.length > shown.length && (
        <Button look="link" className={styles.all} onClick={() => setWhole(true)}>
          {texts.all(number(runs.length))}
        </Button>
      )}
    </section>
  );
}

function Row({ run, open, toggle }: { run: RunView; open: boolean; toggle: () => void }) {
  const line = runLine(run);
  const id = useId();
  return (
    <>
      {/* The button is what keys and screen readers use; the whole line is a larger target for the pointer. */}
      <tr className={`${styles.line} ${open ? styles.open : ''}`} onClick={toggle}>
        <td>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            aria-label={texts.details(line.start)}
            onClick={(e) => {
              e.stopPropagation();
              toggle();
            }}
          >
            <ChevronRight12Regular aria-hidden="true" />
            {line.start}
          </button>
        </td>
        <td>{line.type}</td>
        <td>
          <span className={styles.status}>
            <i className={styles[line.tone]} aria-hidden="true" />
            {line.status}
          </span>
          {line.note && <p>{line.note}</p>}
        </td>
        <td>{line.time}</td>
        <td>{line.rows}</td>
        <td>{line.requests}</td>
      </tr>
      {open && (
        <tr id={id} className={styles.details}>
          <td colSpan={6}>
            <RunDetails run={run} />
          </td>
        </tr>
      )}
    </>
  );
}
