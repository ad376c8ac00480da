// The card of who signed in: the person, to what, what they see, and how long the sign-in is kept.
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircle16Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import type { AttemptView, IdentityView, KeepingView } from '../../../backend/types';
import { longDay } from '../../../format/dates';
import { number, plural } from '../../../format/numbers';
import { Chip } from '../../../ui/Chip';
import { Facts, type FactRow } from '../../../ui/Facts';
import { PersonAvatar } from '../../../ui/PersonAvatar';
import styles from './dialog.module.css';
import { Fold } from './Fold';
import { keepingNow } from './PassphraseForm';
import signIn from './signIn.module.css';
import { identity as texts } from './texts';

export interface IdentityCardProps {
  who: IdentityView;
  attempt: AttemptView;
  patterns: readonly string[];
  /** Where sign-ins rest now, once it is known. */
  keeping: KeepingView | undefined;
  /** Nothing is decided but by these projects, so their names are shown. */
  names: boolean;
}

export function IdentityCard({ who, attempt, patterns, keeping, names }: IdentityCardProps) {
  return (
    <section className={`${styles.identity} ${who.matches ? '' : styles.identityBad}`} aria-label={texts.card(who.name, who.organization)}>
      <div className={styles.identityHead}>
        <PersonAvatar name={who.name} address={who.address} size={56} />
        <div>
          <p>{texts.signedInAs}</p>
          <h3>{who.name}</h3>
          <p>{who.address}</p>
        </div>
        {who.expected && <ExpectedChip matches={who.matches} />}
      </div>
      <div className={styles.identityFacts}>
        <Facts rows={identityRows(who, attempt, patterns, keeping)} />
        {attempt.projects.length > 0 && <ProjectNames key={who.accountKey} attempt={attempt} open={names} />}
      </div>
    </section>
  );
}

function ExpectedChip({ matches }: { matches: boolean }) {
  return matches ? (
    <Chip tone="ok" icon={<CheckmarkCircle16Filled aria-hidden="true" />}>
      {texts.asExpected}
    </Chip>
  ) : (
    <Chip tone="danger" icon={<DismissCircle16Filled aria-hidden="true" />}>
      {texts.notExpected}
    </Chip>
  );
}

function identityRows(who: IdentityView, attempt: AttemptView, patterns: readonly string[], keeping: KeepingView | undefined): FactRow[] {
  const personal = who.kind === 'personal';
  const kind = attempt.source === 'sample' ? texts.madeUp : personal ? texts.noDirectory : (texts.kinds[who.kind] ?? who.kind);
  const directory = personal ? texts.personal : who.directory;
  const rows: FactRow[] = [];
  if (who.organization) rows.push({ name: texts.organization, value: <b>{who.organization}</b> });
  rows.push({ name: who.kind === 'token' ? texts.method : texts.directory, value: <DirectoryValue directory={directory} kind={kind} /> });
  if (who.expected) rows.push({ name: texts.expected, value: who.matches ? who.expected : <b>{who.expected}</b> });
  if (!who.matches) rows.push({ name: texts.got, value: <b className={styles.wrong}>{who.address}</b> });
  if (who.silent) rows.push({ name: texts.silent, value: texts.silentHow });
  if (who.writes.length > 0) rows.push({ name: texts.writes, value: <span className={signIn.writes}>{who.writes.join(', ')}</span> });
  if (who.matches) rows.push({ name: texts.keeps, value: attempt.source === 'sample' ? texts.keepsSample : keepsWords(who, keeping) });
  if (who.matches && who.kind === 'token' && attempt.source !== 'sample') rows.push({ name: texts.ends, value: who.expires ? longDay(who.expires) : texts.endsUnknown });
  // Last, because the names of the projects unfold under it.
  if (who.organization) rows.push({ name: texts.sees, value: <Sees who={who} matched={attempt.matched} patterns={patterns} /> });
  return rows;
}

/** How long the sign-in is kept, and how. */
export function keepsWords(who: Pick<IdentityView, 'keeping'>, keeping: KeepingView | undefined): string {
  const mode = keepingNow(who.keeping, keeping);
  return mode === 'session' && keeping?.passphrase ? texts.keepsLocked : texts.keepsHow[mode];
}

function Sees({ who, matched, patterns }: { who: IdentityView; matched: number; patterns: readonly string[] }) {
  if (who.projects === 0) return texts.seesNone(who.organization);
  if (patterns.length === 0) return texts.seesAll(plural(who.projects, 'project'));
  return (
    <>
      {texts.seesSome(plural(who.projects, 'project'), number(matched))} <b>{patterns.join(', ')}</b>
    </>
  );
}

function ProjectNames({ attempt, open }: { attempt: AttemptView; open: boolean }) {
  return (
    <Fold label={texts.names} open={open}>
      <ul className={signIn.names} tabIndex={0} aria-label={texts.sees}>
        {attempt.projects.map((project) => (
          <li key={project.name} className={project.matched ? undefined : styles.off}>
            {project.matched ? <Checkmark16Regular aria-label={texts.matches} /> : <span />}
            {project.name}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function DirectoryValue({ directory, kind }: { directory: string; kind: string }) {
  if (!directory) return kind;
  return (
    <>
      {directory} <span className="sl-muted">{kind}</span>
    </>
  );
}
