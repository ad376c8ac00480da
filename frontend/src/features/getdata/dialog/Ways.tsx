// The rungs of the ladder to the sign-in page: chosen before it begins, or taken instead while it runs.
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { ShieldCheckmark16Filled } from '@fluentui/react-icons/svg/shield-checkmark';
import { useId } from 'react';
import type { ConnectRequest, Rung as RunningRung, SignInWay } from '../../../backend/types';
import { Chip } from '../../../ui/Chip';
import styles from './signIn.module.css';
import { knownWays, tokenWay, ways as texts } from './texts';

type Rung = ConnectRequest['rung'];

/** One of the ways, before a sign-in. */
export function WayChoice({ value, change }: { value: Rung; change: (rung: Rung) => void }) {
  const name = useId();
  const best = { rung: '' as const, ...texts.best, isolated: true };
  return (
    <fieldset className={`${styles.choice} ${styles.ways}`}>
      <legend className="sl-unseen">{texts.legend}</legend>
      {[best, ...knownWays].map((way) => (
        <label key={way.rung} className={styles.option}>
          <input
            type="radio"
            name={name}
            checked={way.rung === (value === 'isolated' ? '' : value)}
            aria-labelledby={`${name}-${way.rung}-name`}
            aria-describedby={`${name}-${way.rung}-sentence`}
            onChange={() => change(way.rung as Rung)}
          />
          <WayWords id={`${name}-${way.rung}`} way={way} />
        </label>
      ))}
    </fieldset>
  );
}

interface WayListProps {
  /** As the program names them; without any the ones that are known. */
  ways: readonly SignInWay[];
  /** The one that runs. */
  but: RunningRung;
  /** An access token can take the place of a browser. */
  byToken: boolean;
  /** With its name above it. */
  headed: boolean;
  take: (rung: SignInWay['rung']) => void;
}

/** The ways that are offered while one runs. */
export function otherWays(ways: readonly SignInWay[], but: RunningRung, byToken: boolean): SignInWay[] {
  const known = ways.length > 0 ? ways : knownWays;
  const all = known.some((w) => w.rung === 'token') ? known : [...known, tokenWay];
  return all.filter((w) => w.rung !== but && (byToken || w.rung !== 'token'));
}

/** The ways that can be taken instead of the one that runs; one that cannot says why. */
export function WayList({ ways, but, byToken, headed, take }: WayListProps) {
  const id = useId();
  const all = otherWays(ways, but, byToken);
  return (
    <section className={`${styles.wayList} ${headed ? styles.headed : ''}`} aria-label={texts.title}>
      {headed && <h3>{texts.title}</h3>}
      <ul>
        {all.map((way, i) => (
          <li key={way.rung}>
            <button type="button" data-way={i === 0 || undefined} disabled={way.fault !== ''} aria-describedby={`${id}-${way.rung}-sentence`} onClick={() => take(way.rung)}>
              <WayWords id={`${id}-${way.rung}`} way={way} />
              <ChevronRight16Regular aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WayWords({ id, way }: { id: string; way: { rung: string; name: string; sentence: string; isolated: boolean; fault?: string } }) {
  return (
    <span className={styles.words}>
      <span className={styles.wayName}>
        <b id={`${id}-name`}>{way.name}</b>
        <Claim way={way} />
      </span>
      <span id={`${id}-sentence`}>
        <span>{way.sentence}</span>
        {way.fault && <span className={styles.wayFault}>{way.fault}</span>}
      </span>
    </span>
  );
}

function Claim({ way }: { way: { rung: string; isolated: boolean } }) {
  if (way.rung === 'token') return <Chip>{texts.noBrowser}</Chip>;
  if (!way.isolated) return <Chip>{texts.notClaimed}</Chip>;
  return (
    <Chip tone="ok" icon={<ShieldCheckmark16Filled aria-hidden="true" />}>
      {texts.isolated}
    </Chip>
  );
}
