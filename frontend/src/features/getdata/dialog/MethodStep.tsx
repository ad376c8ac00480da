// How to sign in: as an account that is known here or another one, and what Sightline will be able to read,
// before any browser opens.
import { useState } from 'react';
import { faultOf } from '../../../backend/call';
import type { AccountView, ConnectDefaults, OrganizationCheck } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { FieldFault } from '../../../ui/DialogParts';
import { AccountChoice } from './AccountChoice';
import styles from './dialog.module.css';
import { isSilent, methodOf, permissionsOf, type Form } from './form';
import { Frame, type StepFrame } from './Frame';
import { isMove, isSamePerson, type Goal } from './goal';
import { isReady } from './methodReady';
import { NewSignIn } from './NewSignIn';
import { ReadsInFull } from './Reads';
import { method as texts } from './texts';
import { useToday } from './useToday';

export interface MethodStepProps {
  frame: StepFrame;
  form: Form;
  change: (form: Form) => void;
  organization: OrganizationCheck | undefined;
  defaults: ConnectDefaults | undefined;
  /** The accounts that can be chosen, and the one that is; null is another one. */
  offered: readonly AccountView[];
  account: AccountView | null;
  /** Keeps the typed token until the program asks for it. */
  keepToken: (token: string) => void;
  fault: unknown;
  busy: boolean;
  /** To the step before, where there is one. */
  back?: () => void;
  /** Opens the guide to a registration. */
  guide?: () => void;
  signIn: () => void;
}

export function MethodStep(props: MethodStepProps) {
  const { frame, form, change, organization, defaults, offered, account, keepToken, fault, busy, back, signIn } = props;
  const { goal } = frame;
  const [hasToken, setHasToken] = useState(false);
  const today = useToday();
  const byToken = methodOf(goal, form, account) === 'token';
  const ready = !busy && isReady({ goal, form, account, organization, defaults, hasToken, today });
  const silent = isSilent(form, account);
  return (
    <Frame
      frame={frame}
      title={titleOf(goal, form, organization)}
      subtitle={goal.purpose === 'account' ? undefined : organization?.display}
      submit={() => ready && signIn()}
      link={
        back && (
          <Button look="link" onClick={back}>
            {texts.back}
          </Button>
        )
      }
      buttons={
        <>
          {!back && <Button onClick={frame.close}>{texts.cancel}</Button>}
          <Button look="primary" type="submit" disabled={!ready} data-first-focus={goal.connector.sample || (isSamePerson(goal) && !byToken) || undefined}>
            {silent ? texts.go : byToken ? texts.check : texts.signIn}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <WhatFor goal={goal} />
        {offered.length > 0 && <AccountChoice accounts={offered} chosen={account} choose={(key) => change({ ...form, account: key, rung: '' })} />}
        {!silent && (
          <NewSignIn
            {...props}
            typedToken={(token) => {
              keepToken(token);
              setHasToken(token !== '');
            }}
          />
        )}
        {!byToken && goal.purpose !== 'account' && <ReadsInFull rows={permissionsOf(form, defaults)} />}
        {fault ? <FieldFault>{`${faultOf(fault).message} ${faultOf(fault).hint}`}</FieldFault> : null}
      </div>
    </Frame>
  );
}

function titleOf(goal: Goal, form: Form, organization: OrganizationCheck | undefined): string {
  const name = organization?.name || form.organization;
  if (isMove(goal)) return texts.titleMove(goal.dataset ?? name);
  if (goal.purpose === 'connection') return texts.titleAgain(name);
  if (goal.purpose === 'account') return goal.given.account ? texts.titleAccountAgain : texts.titleAccount;
  return texts.title(goal.connector.sample ? texts.sample : name);
}

// What signing in means here, where no new dataset comes of it.
function WhatFor({ goal }: { goal: Goal }) {
  if (goal.purpose === '') return null;
  if (isMove(goal)) return <p className="sl-muted">{texts.move(goal.dataset ?? '')}</p>;
  if (goal.person) return <p className="sl-muted">{texts.again(goal.person.name, goal.person.address)}</p>;
  return <p className="sl-muted">{texts.account}</p>;
}
