import type { RunView, UnreadView } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { duration } from '../../format/durations';
import { fileSize } from '../../format/fileSize';
import { number } from '../../format/numbers';
import { sentenceCase } from '../../format/phrases';
import { Facts, type FactRow } from '../../ui/Facts';
import styles from './HistoryTable.module.css';
import { entityNames, history as texts } from './texts';

const order = Object.keys(entityNames);

/** The kinds of rows that a refresh changed, in the order of the proof of load; those without a change are left out. */
export function changedEntities(run: RunView) {
  const place = (entity: string) => (order.includes(entity) ? order.indexOf(entity) : order.length);
  return Object.entries(run.changes)
    .filter(([, c]) => c.added + c.changed + c.deleted > 0)
    .map(([entity, c]) => ({ entity, name: entityNames[entity] ?? entity, ...c }))
    .sort((a, b) => place(a.entity) - place(b.entity));
}

/** All that is known of one refresh: what it changed of each kind, what it cost, what it left. */
export function RunDetails({ run }: { run: RunView }) {
  const entities = changedEntities(run);
  return (
    <div className={styles.detail}>
      {entities.length === 0 ? (
        <p>{texts.nothing}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.entity}</th>
              <th scope="col">{texts.added}</th>
              <th scope="col">{texts.changed}</th>
              <th scope="col">{texts.deleted}</th>
            </tr>
          </thead>
          <tbody>
            {entities.map((e) => (
              <tr key={e.entity}>
                <th scope="row">{e.name}</th>
                <td>{number(e.added)}</td>
                <td>{number(e.changed)}</td>
                <td>{number(e.deleted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Facts compact nameWidth={132} rows={factsOf(run)} />
    </div>
  );
}

function factsOf(run: RunView): FactRow[] {
  const rows: FactRow[] = [
    ...(run.ended ? [{ name: texts.ended, value: dayAndClock(run.ended) }] : []),
    { name: texts.rowsRead, value: number(run.rows) },
    { name: texts.received, value: fileSize(run.bytes) },
    { name: texts.waitedFor, value: run.waited > 0 ? duration(run.waited) : texts.notWaited },
  ];
  if (run.message) rows.push({ name: texts.message, value: run.message });
  if (run.parked.length > 0) rows.push({ name: texts.putOff, value: <Parts parts={run.parked} /> });
  if (run.skipped.length > 0) rows.push({ name: texts.notAllowed, value: <Parts parts={run.skipped} /> });
  return rows;
}

function Parts({ parts }: { parts: readonly UnreadView[] }) {
  return (
    <ul>
      {parts.map((p) => (
        <li key={`${p.project} ${p.what} ${p.why}`}>
          {sentenceCase(p.project ? texts.inProject(p.what, p.project) : p.what)}: {p.why}
        </li>
      ))}
    </ul>
  );
}
