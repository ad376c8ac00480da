// Third step: who signed in, to what. Nothing was stored yet; a wrong person is not taken by Enter.
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircle16Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import { Info16Regular } from '@fluentui/react-icons/svg/info';
import { ShieldDismiss20Regular } from '@fluentui/react-icons/svg/shield-dismiss';
import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import type { ReactNode } from 'react';
import type { AttemptView, IdentityView } from '../../../backend/types';
import { number, plural } from '../../../format/numbers';
import { Button } from '../../../ui/Button';
import { Chip } from '../../../ui/Chip';
import { Facts, type FactRow } from '../../../ui/Facts';
import { PersonAvatar } from '../../../ui/PersonAvatar';
import { identity as texts } from '../texts';
import styles from './dialog.module.css';
import { Frame, type StepFrame } from './Frame';

export interface IdentityStepProps {
  frame: StepFrame;
  attempt: AttemptView;
  patterns: readonly string[];
  someoneElse: () => void;
  /** Takes the identity; `anyway` although another one was expected. */
  accept: (anyway: boolean) => void;
}

export function IdentityStep({ frame, attempt, patterns, someoneElse, accept }: IdentityStepProps) {
  const who = attempt.identity;
  if (!who) return null;
  const other = who.kind === 'token' ? texts.otherToken : texts.someoneElse;
  const right = who.matches;
  return (
    <Frame
      frame={frame}
      title={right ? texts.right : texts.wrong}
      submit={right ? () => accept(false) : someoneElse}
      link={
        !right && (
          <Button look="subtle" onClick={() => accept(true)}>
            {texts.anyway}
          </Button>
        )
      }
      buttons={right ? <RightButtons frame={frame} name={who.name} other={other} someoneElse={someoneElse} /> : <WrongButtons cancel={frame.close} other={other} />}
    >
      <IdentityCard who={who} attempt={attempt} patterns={patterns} />
      {attempt.warnings.map((warning) => (
        <Note key={warning.message} tone="warning" icon={<Warning20Regular />}>
          <b>{warning.message}</b> {warning.hint}
        </Note>
      ))}
      {right ? (
        <Note icon={<Info16Regular />}>{texts.note}</Note>
      ) : (
        <Note tone="danger" icon={<ShieldDismiss20Regular />}>
          <b>{texts.wrongStrong}</b> {texts.wrongText(who.address, who.organization, who.expected)}
        </Note>
      )}
    </Frame>
  );
}

function RightButtons({ frame, name, other, someoneElse }: { frame: StepFrame; name: string; other: string; someoneElse: () => void }) {
  return (
    <>
      {frame.connector.source !== 'sample' && <Button onClick={someoneElse}>{other}</Button>}
      <Button look="primary" type="submit" data-first-focus>
        {texts.continueAs(name)}
      </Button>
    </>
  );
}

function WrongButtons({ cancel, other }: { cancel: () => void; other: string }) {
  return (
    <>
      <Button onClick={cancel}>{texts.cancel}</Button>
      <Button look="primary" type="submit" data-first-focus>
        {other}
      </Button>
    </>
  );
}

function IdentityCard({ who, attempt, patterns }: { who: IdentityView; attempt: AttemptView; patterns: readonly string[] }) {
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
        <Facts rows={identityRows(who, attempt, patterns)} />
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

function identityRows(who: IdentityView, attempt: AttemptView, patterns: readonly string[]): FactRow[] {
  const personal = who.kind === 'personal';
  const kind = attempt.source === 'sample' ? texts.madeUp : personal ? texts.noDirectory : (texts.kinds[who.kind] ?? who.kind);
  const directory = personal ? texts.personal : who.directory;
  const rows: FactRow[] = [
    { name: texts.organization, value: <b>{who.organization}</b> },
    { name: who.kind === 'token' ? texts.method : texts.directory, value: <DirectoryValue directory={directory} kind={kind} /> },
  ];
  if (who.expected) rows.push({ name: texts.expected, value: who.matches ? who.expected : <b>{who.expected}</b> });
  if (!who.matches) rows.push({ name: texts.got, value: <b className={styles.wrong}>{who.address}</b> });
  rows.push({ name: texts.sees, value: <Sees who={who} matched={attempt.matched} patterns={patterns} /> });
  if (who.matches) rows.push({ name: texts.keeps, value: attempt.source === 'sample' ? texts.keepsSample : texts.keepsHow });
  return rows;
}

function Sees({ who, matched, patterns }: { who: IdentityView; matched: number; patterns: readonly string[] }) {
  if (who.projects === 0) return texts.seesNone(who.organization);
  return (
    <>
      {texts.seesSome(plural(who.projects, 'project'), number(matched))} <b>{patterns.join(', ')}</b>
    </>
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

function Note({ tone, icon, children }: { tone?: 'danger' | 'warning'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={`${styles.note} ${tone ? styles[tone] : ''}`} role={tone ? 'alert' : undefined}>
      {icon}
      <p>{children}</p>
    </div>
  );
}
