import { Board20Regular } from '@fluentui/react-icons/svg/board';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import type { DatasetView, NavItem, RunView } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { duration } from '../../format/durations';
import { number } from '../../format/numbers';
import { href } from '../../ui/navigation';
import styles from './DatasetScreen.module.css';
import { runSeconds } from './runs';
import { screen as texts } from './texts';

/** How fresh the dataset is, what the last good refresh did, and what was made from it. */
export function LastRefreshCard(props: {
  d: DatasetView;
  runs: readonly RunView[];
  documents: { dashboards: readonly NavItem[]; reports: readonly NavItem[] };
}) {
  const { d, runs, documents } = props;
  const last = runs.find((run) => run.status === 'succeeded');
  return (
    <section className={`${styles.card} ${styles.last}`}>
      <h2>{texts.last}</h2>
      <p className={styles.when}>{d.lastRefresh ? dayAndClock(d.lastRefresh) : texts.never}</p>
      {last && (
        <dl className={styles.figures}>
          <Figure value={number(last.rows)} name={texts.rows} />
          <Figure value={number(last.requests)} name={texts.requests} />
          <Figure value={duration(Math.round(runSeconds(last) ?? 0))} name={texts.took} />
          {last.waited >= 1 && <Figure value={duration(Math.round(last.waited))} name={texts.waited} />}
        </dl>
      )}
      <h3>{texts.open}</h3>
      <ul>
        {documents.dashboards.map((item) => (
          <li key={item.id}>
            <a href={href({ screen: 'dashboard', id: item.id })}>
              <Board20Regular aria-hidden="true" />
              {item.name} <span>{texts.dashboard}</span>
            </a>
          </li>
        ))}
        {documents.reports.map((item) => (
          <li key={item.id}>
            <a href={href({ screen: 'report', id: item.id })}>
              <DataBarVertical20Regular aria-hidden="true" />
              {item.name} <span>{texts.report}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="sl-num">{value}</dd>
    </div>
  );
}
