// A sign-in that was refused: its sentence, its facts, and the buttons that solve it.
import { DocumentSearch20Regular } from '@fluentui/react-icons/svg/document-search';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { PersonProhibited20Regular } from '@fluentui/react-icons/svg/person-prohibited';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { ShieldLock20Regular } from '@fluentui/react-icons/svg/shield-lock';
import { WindowMultiple20Regular } from '@fluentui/react-icons/svg/window-multiple';
import { useState } from 'react';
import type { AttemptView, Fault, FaultAction, Method, SignInWay } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { FaultCard } from '../../../ui/FaultCard';
import { Fold } from './Fold';
import { Frame, type StepFrame } from './Frame';
import { PassphraseForm, useKeeping } from './PassphraseForm';
import { isForAdministrator, solutionsOf, toneOf } from './solutions';
import signIn from './signIn.module.css';
import { failed as texts, ways } from './texts';
import { WayList } from './Ways';

const icons: Record<string, typeof Key20Regular> = {
  not_member: PersonProhibited20Regular,
  anonymous: PersonProhibited20Regular,
  wrong_person: PersonProhibited20Regular,
  identity_changed: PersonProhibited20Regular,
  sign_in_refused: PersonProhibited20Regular,
  forbidden: PersonProhibited20Regular,
  organization_missing: Search20Regular,
  no_project_matches: DocumentSearch20Regular,
  oauth_policy_off: ShieldLock20Regular,
  conditional_access: ShieldLock20Regular,
  not_signed_in: Key20Regular,
  consent_declined: Key20Regular,
  browser_closed: WindowMultiple20Regular,
  sign_in_timeout: WindowMultiple20Regular,
  no_browser: WindowMultiple20Regular,
  no_isolation: WindowMultiple20Regular,
  offline: PlugDisconnected20Regular,
  timeout: PlugDisconnected20Regular,
};

export interface FailedStepProps {
  frame: StepFrame;
  fault: Fault | null;
  attempt: AttemptView | undefined;
  method: Method;
  solve: (action: FaultAction) => void;
  /** Begins again in another way. */
  takeWay: (rung: SignInWay['rung']) => void;
}

export function FailedStep({ frame, fault, attempt, method, solve, takeWay }: FailedStepProps) {
  const [unlocking, setUnlocking] = useState(false);
  const keeping = useKeeping(fault?.actions.includes('unlockKeys') ?? false);
  if (!fault) return null;
  const Icon = icons[fault.code] ?? ErrorCircle20Regular;
  const [first = 'retry', ...others] = solutionsOf(fault, method, frame.goal.purpose);
  const press = (action: FaultAction) => (action === 'unlockKeys' ? setUnlocking(true) : solve(action));
  const label = isForAdministrator(fault) ? texts.copyForAdmin : texts.copy;
  return (
    <Frame
      frame={frame}
      title={texts.title}
      submit={() => press(first)}
      link={<CopyButton text={detailsOf(fault)} label={label} copied={texts.copied} look="subtle" />}
      buttons={
        <>
          <Button onClick={frame.close}>{texts.close}</Button>
          <Button look="primary" type="submit" data-first-focus>
            {labelOf(first, method)}
          </Button>
        </>
      }
    >
      <FaultCard
        plain
        fault={fault}
        tone={toneOf(fault.code)}
        icon={<Icon />}
        actions={
          others.length > 0 &&
          others.map((action) => (
            <Button key={action} onClick={() => press(action)}>
              {labelOf(action, method)}
            </Button>
          ))
        }
      />
      {attempt && method === 'oauth' && attempt.ways.length > 0 && (
        <div className={signIn.otherWays}>
          <Fold label={ways.title}>
            <WayList ways={attempt.ways} but={attempt.rung} byToken={frame.goal.purpose !== 'account' && !frame.goal.connector.sample} headed={false} take={takeWay} />
          </Fold>
        </div>
      )}
      {unlocking && <PassphraseForm chosen={keeping?.passphrase ?? true} taken={() => solve('retry')} />}
    </Frame>
  );
}

function labelOf(action: FaultAction, method: Method): string {
  return action === 'useToken' && method === 'token' ? texts.otherToken : texts.actions[action];
}

/** What a person sends to an administrator: the sentences and the rows, no secret. */
export function detailsOf(fault: Fault): string {
  return [fault.message, fault.hint, ...fault.facts.map((f) => `${f.name}: ${f.value}`), `Code: ${fault.code}`].filter(Boolean).join('\n');
}
