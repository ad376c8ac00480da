// The difference split by a column: of each member what it had and has, largest rise first.
import type { ChangesView } from '../../../backend/types';
import { change, plainValue } from '../../../format/values';
import { usePalette } from '../../../ui/theme';
import styles from './ChangesPane.module.css';
import { splits, texts } from './texts';

interface ChangedByProps {
  view: ChangesView;
  /** The column it is split by. */
  field: string;
  from: string;
  to: string;
  choose: (field: string) => void;
}

export function ChangedBy({ view, field, from, to, choose }: ChangedByProps) {
  const { color } = usePalette();
  const { value } = view;
  const rows = view.by.rows.map((r) => ({ ...r, delta: (r.after ?? 0) - (r.before ?? 0) }));
  const up = Math.max(0, ...rows.map((r) => r.delta));
  const down = Math.max(0, ...rows.map((r) => -r.delta));
  const zero = up + down === 0 ? 0 : down / (up + down);
  const paint = (delta: number) => {
    if (value.direction === 'neutral') return delta > 0 ? color.measure.main : color.measure.compare;
    return delta > 0 === (value.direction === 'upIsWorse') ? color.diverging.worse3 : color.diverging.better3;
  };
  const name = splits.find(([f]) => f === field)?.[1] ?? '';
  return (
    <section className={styles.card} aria-label={texts.by(name)}>
      <header className={styles.cardHead}>
        <div>
          <h2>{texts.by(name)}</h2>
          <p>{texts.against(value.name, to, from)}</p>
        </div>
        <label>
          <span className="sl-unseen">{texts.byTitle}</span>
          <select value={field} onChange={(e) => choose(e.target.value)}>
            {splits.map(([f, n]) => (
              <option key={f} value={f}>
                {n[0]?.toLocaleUpperCase()}
                {n.slice(1)}
              </option>
            ))}
          </select>
        </label>
      </header>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{texts.noSplit}</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={texts.by(name)}>
          <table className={styles.by}>
            <tbody>
              {rows.map((r) => (
                <tr key={JSON.stringify(r.member.value)}>
                  <th scope="row" title={r.member.detail ?? r.member.label}>
                    {r.member.label.split('\\').pop()}
                  </th>
                  <td aria-hidden="true">
                    <span className={styles.track}>
                      <i
                        style={{
                          left: `${(r.delta > 0 ? zero : zero - -r.delta / (up + down)) * 100}%`,
                          width: `${(Math.abs(r.delta) / (up + down)) * 100}%`,
                          background: paint(r.delta),
                        }}
                      />
                      <u style={{ left: `${zero * 100}%` }} />
                    </span>
                  </td>
                  <td className={styles.delta}>{change(r.delta, value)}</td>
                  <td className={styles.wasIs}>
                    {plainValue(r.before ?? 0, value)} → {plainValue(r.after ?? 0, value)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
