import type { DatasetView } from '../../backend/types';
import { fileSize } from '../../format/fileSize';
import { number } from '../../format/numbers';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { navigate } from '../../ui/navigation';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './ConnectionCard.module.css';
import { contentWords } from './contents';
import cardStyles from './DatasetScreen.module.css';
import { connection as texts } from './texts';

/** Where the dataset comes from and as whom, what of it is loaded, and the file that holds it. */
export function ConnectionCard({ d, edit, reveal }: { d: DatasetView; edit: () => void; reveal: () => void }) {
  const rows = [
    { name: d.server ? texts.server : texts.organization, value: d.url.replace(/^https?:\/\//, '') },
    { name: texts.projects, value: <Projects d={d} /> },
    { name: texts.loads, value: contentWords(d) },
    { name: texts.zone, value: d.timeZone },
    { name: texts.file, value: [d.file, fileSize(d.bytes)].filter(Boolean).join(', ') },
  ];
  return (
    <section className={`${cardStyles.card} ${styles.connection}`} aria-label={texts.connectedAs}>
      <div className={styles.person}>
        <PersonAvatar name={d.person || d.organization} address={d.address} size={40} />
        <div>
          <span>{texts.connectedAs}</span>
          <b>{d.person || texts.nobody}</b>
          <span>{[d.address, d.sample && texts.sample].filter(Boolean).join(', ')}</span>
        </div>
      </div>
      <div className={styles.facts}>
        <Facts rows={rows} nameWidth={132} />
      </div>
      <div className={styles.buttons}>
        <Button onClick={edit}>{texts.edit}</Button>
        {!d.sample && (
          <Button title={texts.anotherNote} onClick={() => navigate({ screen: 'services', connector: d.server ? 'server' : 'azure-devops' })}>
            {texts.another}
          </Button>
        )}
        <Button onClick={reveal}>{texts.show}</Button>
      </div>
    </section>
  );
}

function Projects({ d }: { d: DatasetView }) {
  return (
    <>
      {d.patterns.join(', ')} <span className="sl-muted">{texts.match(number(d.matched))}</span>
      {d.gone.length > 0 && <span className={styles.gone}>{texts.gone(d.gone.join(', '))}</span>}
    </>
  );
}
