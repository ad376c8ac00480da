// Second step: how to sign in, and what Sightline will be able to read, before any browser opens.
import { Input, Select } from '@fluentui/react-components';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { Eye16Regular } from '@fluentui/react-icons/svg/eye';
import { useId, useState, type ReactNode } from 'react';
import { faultOf } from '../../../backend/call';
import type { ConnectDefaults, Content, OrganizationCheck, Permission } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { Chip } from '../../../ui/Chip';
import { FieldFault } from '../../../ui/DialogParts';
import { method as texts, tokenScopes } from '../texts';
import fieldStyles from '../../../ui/Field.module.css';
import styles from './dialog.module.css';
import { isClientId, permissionsOf, tickedContents, type Form } from './form';
import { Frame, type StepFrame } from './Frame';

export interface MethodStepProps {
  frame: StepFrame;
  form: Form;
  change: (form: Form) => void;
  organization: OrganizationCheck | undefined;
  defaults: ConnectDefaults | undefined;
  /** Keeps the typed token until the program asks for it. */
  keepToken: (token: string) => void;
  fault: unknown;
  busy: boolean;
  back: () => void;
  signIn: () => void;
}

export function MethodStep({ frame, form, change, organization, defaults, keepToken, fault, busy, back, signIn }: MethodStepProps) {
  const { connector } = frame;
  const [hasToken, setHasToken] = useState(false);
  const byToken = form.method === 'token' && !connector.sample;
  // The program's own registration, if it has one, is taken when the person names none.
  const needsClient = !byToken && !connector.sample && defaults !== undefined && defaults.clientId === '';
  const clientId = form.clientId.trim();
  const clientBad = clientId !== '' && !isClientId(clientId);
  const ready = !busy && (byToken ? hasToken : connector.sample || (!clientBad && (!needsClient || clientId !== '')));
  const name = connector.sample ? texts.sample : (organization?.name ?? form.organization);
  return (
    <Frame
      frame={frame}
      title={texts.title(name)}
      subtitle={organization?.display}
      submit={() => ready && signIn()}
      link={
        <Button look="link" onClick={back}>
          {texts.back}
        </Button>
      }
      buttons={
        <Button look="primary" type="submit" disabled={!ready} data-first-focus={connector.sample || undefined}>
          {byToken ? texts.check : texts.signIn}
        </Button>
      }
    >
      <div className={styles.stack}>
        {!connector.sample && <MethodChoice value={form.method} change={(method) => change({ ...form, method })} />}
        {byToken ? (
          <TokenField
            contents={tickedContents(form, defaults)}
            typed={(token) => {
              keepToken(token);
              setHasToken(token !== '');
            }}
          />
        ) : (
          <>
            <Permissions rows={permissionsOf(form, defaults)} />
            {!connector.sample && <ExpectField form={form} change={change} />}
            {!connector.sample && <Advanced key={String(needsClient)} open={needsClient} bad={clientBad} form={form} change={change} ownId={defaults?.clientId ?? ''} />}
          </>
        )}
        {fault ? <FieldFault>{`${faultOf(fault).message} ${faultOf(fault).hint}`}</FieldFault> : null}
      </div>
    </Frame>
  );
}

function Labelled({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className={fieldStyles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

function MethodChoice({ value, change }: { value: Form['method']; change: (method: Form['method']) => void }) {
  const id = useId();
  return (
    <Labelled id={id} label={texts.label}>
      <Select id={id} value={value} data-first-focus onChange={(_, data) => change(data.value === 'token' ? 'token' : 'oauth')}>
        <option value="oauth">{texts.oauth}</option>
        <option value="token">{texts.token}</option>
      </Select>
    </Labelled>
  );
}

function TokenField({ contents, typed }: { contents: readonly Content[]; typed: (token: string) => void }) {
  const id = useId();
  return (
    <>
      <Labelled id={id} label={texts.tokenLabel} hint={texts.tokenHint}>
        <Input
          id={id}
          type="password"
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={(_, data) => typed(data.value.trim())}
        />
      </Labelled>
      <div className={styles.reads}>
        <h3>{texts.tokenScopes}</h3>
        <ul>
          {tokenScopes(contents).map((scope) => (
            <li key={scope}>
              <Chip icon={<Eye16Regular aria-hidden="true" />}>{scope}</Chip>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Permissions({ rows }: { rows: readonly Permission[] }) {
  return (
    <div className={styles.reads}>
      <h3>{texts.reads}</h3>
      <dl>
        {rows.map((permission) => (
          <div key={permission.name}>
            <dt>
              <Eye16Regular aria-hidden="true" />
              {permission.name}
            </dt>
            <dd>{permission.sentence}</dd>
          </div>
        ))}
      </dl>
      <p className={fieldStyles.hint}>{texts.never}</p>
    </div>
  );
}

function ExpectField({ form, change }: { form: Form; change: (form: Form) => void }) {
  const id = useId();
  return (
    <Labelled id={id} label={texts.expect} hint={texts.expectHint}>
      <Input
        id={id}
        type="email"
        autoComplete="off"
        value={form.expect}
        placeholder={texts.expectPlaceholder}
        aria-describedby={`${id}-hint`}
        onChange={(_, data) => change({ ...form, expect: data.value })}
      />
    </Labelled>
  );
}

function Advanced(props: { open: boolean; bad: boolean; form: Form; change: (form: Form) => void; ownId: string }) {
  const { open, bad, form, change, ownId } = props;
  const [shown, setShown] = useState(open);
  const client = useId();
  const authority = useId();
  return (
    <div className={styles.advanced}>
      <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <ChevronRight16Regular aria-hidden="true" />
        {texts.advanced}
      </button>
      {shown && (
        <>
          <Labelled id={client} label={texts.clientId} hint={ownId ? undefined : texts.clientIdHint}>
            <Input
              id={client}
              value={form.clientId}
              placeholder={ownId}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={bad}
              onChange={(_, data) => change({ ...form, clientId: data.value })}
            />
            {bad && <FieldFault>{texts.clientIdBad}</FieldFault>}
          </Labelled>
          <Labelled id={authority} label={texts.authority} hint={texts.authorityHint}>
            <Input id={authority} value={form.authority} spellCheck={false} autoComplete="off" onChange={(_, data) => change({ ...form, authority: data.value })} />
          </Labelled>
        </>
      )}
    </div>
  );
}
