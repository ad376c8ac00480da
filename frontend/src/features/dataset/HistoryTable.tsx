import type { RunView } from '../../backend/types';
import styles from './DatasetScreen.module.css';
import { runLine } from './runs';
import { history as texts } from './texts';

/** Every refresh, newest first, with what it did or why it stopped. */
export function HistoryTable({ runs }: { runs: readonly RunView[] }) {
  const { columns } = texts;
  return (
    <section className={styles.card}>
      <h2>{texts.title}</h2>
      <p className="sl-caption sl-muted">{runs.length === 0 ? texts.none : texts.subtitle}</p>
      {runs.length > 0 && (
        <table className={styles.history}>
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
            {runs.map((run) => (
              <Row key={run.started + run.type} run={run} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ run }: { run: RunView }) {
  const line = runLine(run);
  return (
    <tr>
      <td>{line.start}</td>
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
  );
}
