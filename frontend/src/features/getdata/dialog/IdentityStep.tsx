// Who signed in, to what. Nothing was stored yet; a wrong person is not taken by Enter.
import { Info16Regular } from '@fluentui/react-icons/svg/info';
import { ShieldDismiss20Regular } from '@fluentui/react-icons/svg/shield-dismiss';
import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import { useState } from 'react';
import { faultOf } from '../../../backend/call';
import type { AttemptView, Fault, FaultAction, IdentityView, KeepingView } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { FieldFault } from '../../../ui/DialogParts';
import { Ring } from '../../../ui/Ring';
import { Frame, type StepFrame } from './Frame';
import { isMove, type Goal } from './goal';
import { IdentityCard } from './IdentityCard';
import { Note } from './Note';
import { keepingNow, PassphraseForm, useKeeping } from './PassphraseForm';
import { failed, identity as texts, passphrase } from './texts';
import signIn from './signIn.module.css';

export interface IdentityStepProps {
  frame: StepFrame;
  attempt: AttemptView;
  patterns: readonly string[];
  someoneElse: () => void;
  /** Takes the identity; `anyway` although another one was expected. */
  accept: (anyway: boolean) => void;
  solve: (action: FaultAction) => void;
  /** Why it could not be kept. */
  fault: unknown;
  busy: boolean;
}

export function IdentityStep({ frame, attempt, patterns, someoneElse, accept, solve, fault, busy }: IdentityStepProps) {
  const who = attempt.identity;
  const keeping = useKeeping(who !== null && attempt.source !== 'sample');
  if (!who) return null;
  const { goal } = frame;
  const other = who.kind === 'token' ? texts.otherToken : texts.someoneElse;
  const storing = busy || attempt.phase === 'storing' || attempt.phase === 'accepted';
  const shared = { frame, other, storing, someoneElse };
  return (
    <Frame
      frame={frame}
      title={who.matches ? texts.right : texts.wrong}
      submit={() => !storing && (who.matches ? accept(false) : someoneElse())}
      link={
        !who.matches && (
          <Button look="subtle" disabled={storing} onClick={() => accept(true)}>
            {texts.anyway}
          </Button>
        )
      }
      buttons={who.matches ? <RightButtons {...shared} name={who.name} /> : <WrongButtons {...shared} />}
    >
      <IdentityCard who={who} attempt={attempt} patterns={patterns} keeping={keeping} names={isMove(goal)} />
      {attempt.source !== 'sample' && who.matches && <Keep who={who} keeping={keeping} />}
      {attempt.warnings.map((warning) => (
        <Warning key={warning.message} warning={warning} solve={solve} />
      ))}
      <LastWord goal={goal} who={who} />
      {fault ? <FieldFault>{`${faultOf(fault).message} ${faultOf(fault).hint}`}</FieldFault> : null}
    </Frame>
  );
}

interface Buttons {
  frame: StepFrame;
  other: string;
  storing: boolean;
  someoneElse: () => void;
}

function RightButtons({ frame: { goal }, other, storing, someoneElse, name }: Buttons & { name: string }) {
  return (
    <>
      {goal.connector.source !== 'sample' && (
        <Button disabled={storing} onClick={someoneElse}>
          {other}
        </Button>
      )}
      <Button look="primary" type="submit" data-first-focus disabled={storing} icon={storing ? <Ring size={14} /> : undefined}>
        {storing ? texts.storing : isMove(goal) ? texts.moveTo(name) : texts.continueAs(name)}
      </Button>
    </>
  );
}

function WrongButtons({ frame, other, storing }: Buttons) {
  return (
    <>
      <Button onClick={frame.close}>{texts.cancel}</Button>
      <Button look="primary" type="submit" data-first-focus disabled={storing}>
        {other}
      </Button>
    </>
  );
}

// Where nothing holds its key for long, a passphrase does.
function Keep({ who, keeping }: { who: IdentityView; keeping: KeepingView | undefined }) {
  const [asked, setAsked] = useState(false);
  const mode = keepingNow(who.keeping, keeping);
  if (mode !== 'session' && mode !== 'kernel') return null;
  const chosen = keeping?.passphrase ?? false;
  if (asked) return <PassphraseForm chosen={chosen} taken={() => setAsked(false)} />;
  return (
    <div className={signIn.keep}>
      <Button size="small" onClick={() => setAsked(true)}>
        {chosen ? passphrase.enter : passphrase.choose}
      </Button>
    </div>
  );
}

// What is odd about this identity, with what can be done about it.
function Warning({ warning, solve }: { warning: Fault; solve: (action: FaultAction) => void }) {
  const actions = warning.actions.filter((a) => a === 'signInElse' || a === 'useToken' || a === 'openGuide' || a === 'normalBrowser');
  return (
    <Note tone="warning" icon={<Warning20Regular />}>
      <p>
        <b>{warning.message}</b> {warning.hint}
      </p>
      {actions.length > 0 && (
        <p className={signIn.warningActions}>
          {actions.map((action) => (
            <Button key={action} size="small" onClick={() => solve(action)}>
              {failed.actions[action]}
            </Button>
          ))}
        </p>
      )}
    </Note>
  );
}

function LastWord({ goal, who }: { goal: Goal; who: IdentityView }) {
  if (!who.matches) {
    return (
      <Note tone="danger" icon={<ShieldDismiss20Regular />}>
        <p>
          <b>{texts.wrongStrong}</b> {texts.wrongText(who.address, who.organization, who.expected)}
        </p>
      </Note>
    );
  }
  return (
    <Note icon={<Info16Regular />}>
      <p>{isMove(goal) ? texts.noteMove(goal.dataset ?? '') : texts.note}</p>
    </Note>
  );
}
