import type { DatasetView, RunView } from '../../backend/types';
import { dayInWords } from '../../format/dates';
import { number, plural } from '../../format/numbers';
import { sentenceCase } from '../../format/phrases';
import { useNow } from '../../ui/useNow';
import cardStyles from './DatasetScreen.module.css';
import styles from './LastRefreshCard.module.css';
import { runBars, runSeconds, secondsWords, type RunBar } from './runs';
import { last as texts } from './texts';

/** How fresh the dataset is, what the last good refresh changed, and how long the last ones took. */
export function LastRefreshCard({ d, runs }: { d: DatasetView; runs: readonly RunView[] }) {
  const now = useNow(60_000);
  const run = runs.find((r) => r.status === 'succeeded');
  return (
    <section className={cardStyles.card} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={styles.when}>{lineOf(d, run, now)}</p>
      <div className={styles.body}>
        {run && (
          <dl className={styles.figures}>
            <Figure value={run.added} name={texts.added} />
            <Figure value={run.changed} name={texts.changed} />
            <Figure value={run.deleted} name={texts.deleted} />
          </dl>
        )}
        {run && <Bars bars={runBars(runs)} />}
      </div>
    </section>
  );
}

function lineOf(d: DatasetView, run: RunView | undefined, now: number): string {
  if (!d.lastRefresh) return texts.never;
  const when = sentenceCase(dayInWords(d.lastRefresh, now));
  return run ? texts.line(when, secondsWords(runSeconds(run) ?? 0), plural(run.requests, texts.request)) : when;
}

function Figure({ value, name }: { value: number; name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="sl-num">{number(value)}</dd>
    </div>
  );
}

function Bars({ bars }: { bars: readonly RunBar[] }) {
  const longest = Math.max(...bars.map((b) => b.seconds), 0.001);
  const slowed = bars.filter((b) => b.slowed).length;
  return (
    <figure className={styles.bars}>
      <figcaption>{texts.bars(bars.length)}</figcaption>
      {bars.length === 0 ? (
        <p>{texts.noBars}</p>
      ) : (
        <div role="img" aria-label={texts.barsSaid(number(bars.length), secondsWords(Math.round(longest)), number(slowed))}>
          {bars.map((b) => (
            <i key={b.key} className={b.slowed ? styles.slowed : undefined} title={b.label} style={{ height: `${Math.max(6, (100 * b.seconds) / longest)}%` }} />
          ))}
        </div>
      )}
    </figure>
  );
}
