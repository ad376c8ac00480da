// Asks the directory whether it knows the client ID, before anybody signs in.
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircle16Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import { QuestionCircle16Regular } from '@fluentui/react-icons/svg/question-circle';
import { useMutation } from '@tanstack/react-query';
import { accounts } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { RegistrationCheck, RegistrationProof } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { FieldFault } from '../../../ui/DialogParts';
import { Ring } from '../../../ui/Ring';
import styles from './signIn.module.css';
import { method as texts } from './texts';

/** What is asked: the client ID, at the directory of an organization or at an authority. */
export interface Registration {
  clientId: string;
  organization: string;
  authority: string;
}

/** The button and, once asked, the answer; `of` is null while there is nothing to ask. An answer to what was typed before is not shown. */
export function useRegistrationTest(of: Registration | null) {
  const check = useMutation({ mutationFn: (r: Registration) => accounts.checkRegistration(r.clientId, r.organization, r.authority) });
  const asked = check.variables;
  const current = of !== null && asked?.clientId === of.clientId && asked.organization === of.organization && asked.authority === of.authority;
  return {
    button: (
      <Button disabled={!of || check.isPending} icon={check.isPending ? <Ring size={14} /> : undefined} onClick={() => of && check.mutate(of)}>
        {check.isPending ? texts.testing : texts.test}
      </Button>
    ),
    answer: current && !check.isPending ? <Answer data={check.data} error={check.error} /> : null,
  };
}

function Answer({ data, error }: { data: RegistrationCheck | undefined; error: unknown }) {
  const fault = error ? faultOf(error) : data?.fault;
  return (
    <section className={styles.proofs} aria-label={texts.tested} role="status">
      {fault && <FieldFault>{`${fault.message} ${fault.hint}`}</FieldFault>}
      {data && data.checks.length > 0 && (
        <ul>
          {data.checks.map((proof) => (
            <Proof key={proof.what} proof={proof} />
          ))}
        </ul>
      )}
      {data?.authority && <p>{texts.testedAt(data.authority.replace(/^https?:\/\//, ''))}</p>}
    </section>
  );
}

const icons = { ok: CheckmarkCircle16Filled, failed: DismissCircle16Filled, unknown: QuestionCircle16Regular };

function Proof({ proof }: { proof: RegistrationProof }) {
  const Icon = icons[proof.state];
  return (
    <li className={styles[proof.state]}>
      <Icon aria-label={texts.proofs[proof.state]} />
      <span>
        <b>{proof.what}</b>
        {proof.sentence && <span>{proof.sentence}</span>}
      </span>
    </li>
  );
}
