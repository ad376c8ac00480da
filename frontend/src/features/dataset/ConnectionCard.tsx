import type { DatasetView } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { plural } from '../../format/numbers';
import { Facts } from '../../ui/Facts';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './DatasetScreen.module.css';
import { fileSize } from './fileSize';
import { screen as texts } from './texts';

/** Where the dataset comes from and as whom, and what it holds. */
export function ConnectionCard({ d }: { d: DatasetView }) {
  const rows = [
    { name: texts.organization, value: d.url.replace(/^https?:\/\//, '') },
    { name: texts.projects, value: d.patterns.join(', ') },
    { name: texts.holds, value: `${plural(d.workItems, texts.workItem)}, ${plural(d.revisions, texts.revision)}` },
    { name: texts.zone, value: d.timeZone },
    { name: texts.file, value: fileSize(d.bytes) },
    { name: texts.next, value: d.nextRefresh ? dayAndClock(d.nextRefresh) : texts.manual },
  ];
  return (
    <section className={styles.card}>
      <div className={styles.person}>
        <PersonAvatar name={d.person || d.organization} address={d.address} size={40} />
        <div>
          <span>{texts.connectedAs}</span>
          <b>{d.person || texts.nobody}</b>
          <span>{[d.address, d.sample && texts.sample].filter(Boolean).join(', ')}</span>
        </div>
      </div>
      <Facts rows={rows} nameWidth={160} />
    </section>
  );
}
