import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircle16Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { QuestionCircle16Regular } from '@fluentui/react-icons/svg/question-circle';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { accounts, getData } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { RegistrationCheck, RegistrationProof } from '../../backend/types';
import { Button } from '../../ui/Button';
import { FieldFault } from '../../ui/DialogParts';
import { FaultCard } from '../../ui/FaultCard';
import fieldStyles from '../../ui/Field.module.css';
import { href } from '../../ui/navigation';
import { Ring } from '../../ui/Ring';
import styles from './SettingsScreen.module.css';
import { registration as texts } from './texts';

/** The registration that new connections sign in with, and whether a directory knows it. */
export function RegistrationCard() {
  const defaults = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });
  return (
    <section className={styles.card} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={styles.note}>
        {texts.note} <a href={href({ screen: 'registration' })}>{texts.guide}</a>
      </p>
      {defaults.data && <Fields key={defaults.data.clientId} kept={defaults.data.clientId} />}
      {defaults.error && <FaultCard plain fault={faultOf(defaults.error)} tone="warning" icon={<ErrorCircle20Regular />} />}
    </section>
  );
}

function Fields({ kept }: { kept: string }) {
  const client = useQueryClient();
  const [clientId, setClientId] = useState(kept);
  const [organization, setOrganization] = useState('');
  const typed = clientId.trim();
  const save = useMutation({ mutationFn: accounts.setClientId, onSuccess: () => client.invalidateQueries({ queryKey: ['connectDefaults'] }) });
  const test = useMutation({ mutationFn: () => accounts.checkRegistration(typed, organization.trim(), '') });
  // What was answered belongs to what was asked.
  const forget = () => {
    save.reset();
    test.reset();
  };
  return (
    <form
      className={styles.fields}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate(typed);
      }}
    >
      <Line label={texts.clientId} hint={texts.clientIdHint} value={clientId} change={(text) => (forget(), setClientId(text))}>
        <Button type="submit" disabled={typed === kept || save.isPending}>
          {texts.save}
        </Button>
      </Line>
      {save.error && <FieldFault>{sentences(save.error)}</FieldFault>}
      <Line label={texts.organization} hint={texts.organizationHint} value={organization} change={(text) => (forget(), setOrganization(text))}>
        <Button disabled={!typed || !organization.trim() || test.isPending} onClick={() => test.mutate()}>
          {texts.test}
        </Button>
      </Line>
      {test.isPending && <Ring size={16} label={texts.testing} />}
      {test.error && <FieldFault>{sentences(test.error)}</FieldFault>}
      {test.data && <Answer check={test.data} />}
    </form>
  );
}

const sentences = (error: unknown) => [faultOf(error).message, faultOf(error).hint].filter(Boolean).join(' ');

interface LineProps {
  label: string;
  hint: string;
  value: string;
  change: (text: string) => void;
  children: React.ReactNode;
}

function Line({ label, hint, value, change, children }: LineProps) {
  const id = useId();
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.line}>
        <div className={fieldStyles.input}>
          <input id={id} value={value} spellCheck={false} autoComplete="off" aria-describedby={`${id}-hint`} onChange={(e) => change(e.target.value)} />
        </div>
        {children}
      </div>
      <p id={`${id}-hint`} className={fieldStyles.hint}>
        {hint}
      </p>
    </div>
  );
}

const marks = { ok: CheckmarkCircle16Filled, failed: DismissCircle16Filled, unknown: QuestionCircle16Regular };

function Answer({ check }: { check: RegistrationCheck }) {
  if (check.fault) return <FaultCard plain fault={check.fault} tone="warning" icon={<ErrorCircle20Regular />} />;
  return (
    <div className={styles.written} role="status">
      {check.directory && <h3>{texts.asked(check.directory)}</h3>}
      <ul className={styles.proofs}>
        {check.checks.map((proof) => (
          <Proof key={proof.what} proof={proof} />
        ))}
      </ul>
    </div>
  );
}

function Proof({ proof }: { proof: RegistrationProof }) {
  const Mark = marks[proof.state];
  return (
    <li className={styles[proof.state]}>
      <Mark aria-hidden="true" />
      <span>
        <b>{proof.what}</b>: {texts.proofs[proof.state]}
        {proof.sentence && <em>{proof.sentence}</em>}
      </span>
    </li>
  );
}
