import { connectionAgain, connectionElse, hasEnded, useSignIn } from '../../backend/signingIn';
import type { DatasetView } from '../../backend/types';
import { fileSize } from '../../format/fileSize';
import { number } from '../../format/numbers';
import { Button } from '../../ui/Button';
import { Chip, type Tone } from '../../ui/Chip';
import { Facts } from '../../ui/Facts';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './ConnectionCard.module.css';
import { contentWords } from './contents';
import cardStyles from './DatasetScreen.module.css';
import { connection as texts } from './texts';

const tones: Record<DatasetView['signIn'], Tone> = { signedIn: 'ok', ended: 'warning', expiring: 'warning', signedOut: 'plain', none: 'plain' };

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
        {d.signIn !== 'none' && <Chip tone={tones[d.signIn]}>{texts.signIns[d.signIn]}</Chip>}
      </div>
      {d.signInSentence && <p className={hasEnded({ state: d.signIn }) || d.signIn === 'expiring' ? styles.loud : styles.said}>{d.signInSentence}</p>}
      <div className={styles.facts}>
        <Facts rows={rows} nameWidth={132} />
      </div>
      <div className={styles.buttons}>
        {d.signIn !== 'none' && <SignInButtons d={d} />}
        <Button onClick={edit}>{texts.edit}</Button>
        <Button onClick={reveal}>{texts.show}</Button>
      </div>
    </section>
  );
}

// Signing in again is the one thing to do while nothing can be read; else it is offered before a token ends.
function SignInButtons({ d }: { d: DatasetView }) {
  const signIn = useSignIn();
  const ended = hasEnded({ state: d.signIn });
  return (
    <>
      {(ended || d.signIn === 'expiring') && (
        <Button look={ended ? 'primary' : 'secondary'} title={texts.againNote(d.person)} onClick={() => signIn(connectionAgain(d.id))}>
          {texts.again}
        </Button>
      )}
      <Button title={texts.anotherNote} onClick={() => signIn(connectionElse(d.id))}>
        {texts.another}
      </Button>
    </>
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
