// The fields of a sign-in that is not kept yet: at Microsoft in a browser, or by an access token.
import { Input, Select } from '@fluentui/react-components';
import { useId } from 'react';
import type { AccountView, ConnectDefaults, OrganizationCheck } from '../../../backend/types';
import { ClientFields } from './ClientFields';
import { Fold } from './Fold';
import { tickedContents, type Form } from './form';
import type { StepFrame } from './Frame';
import { isSamePerson } from './goal';
import { Labelled } from './Labelled';
import { needsClientId } from './methodReady';
import { OrganizationField } from './OrganizationField';
import { method as texts, ways } from './texts';
import { TokenFields } from './TokenFields';
import { WayChoice } from './Ways';

export interface NewSignInProps {
  frame: StepFrame;
  form: Form;
  change: (form: Form) => void;
  organization: OrganizationCheck | undefined;
  defaults: ConnectDefaults | undefined;
  /** A known account whose sign-in ended; its person is expected. */
  account: AccountView | null;
  typedToken: (token: string) => void;
  guide?: () => void;
}

export function NewSignIn({ frame, form, change, organization, defaults, account, typedToken, guide }: NewSignInProps) {
  const { goal } = frame;
  if (goal.connector.sample) return <OtherWays form={form} change={change} />;
  const needed = needsClientId({ goal, form, account, defaults });
  const adds = goal.purpose === 'account' && !goal.given.account;
  return (
    <>
      {adds && (
        <OrganizationField
          server={false}
          value={form.organization}
          check={organization}
          hint={`${texts.accountOrganization} ${texts.accountDirectory}`}
          change={(value) => change({ ...form, organization: value })}
        />
      )}
      {!account && goal.purpose !== 'account' && <MethodChoice value={form.method} focus={!isSamePerson(goal)} change={(method) => change({ ...form, method })} />}
      {form.method === 'token' && !account ? (
        <TokenFields form={form} change={change} organization={organization} contents={tickedContents(form, defaults)} typed={typedToken} />
      ) : (
        <>
          {!account && !isSamePerson(goal) && <ExpectField form={form} change={change} />}
          <OtherWays form={form} change={change} />
          <ClientFields
            key={String(needed)}
            form={form}
            change={change}
            ownId={defaults?.clientId ?? ''}
            needed={needed}
            kept={goal.purpose === 'connection' || Boolean(goal.given.account)}
            tokenInstead={!account && goal.purpose !== 'account'}
            organization={organization}
            guide={guide}
          />
        </>
      )}
    </>
  );
}

function MethodChoice({ value, focus, change }: { value: Form['method']; focus: boolean; change: (method: Form['method']) => void }) {
  const id = useId();
  return (
    <Labelled id={id} label={texts.label}>
      <Select id={id} value={value} data-first-focus={focus || undefined} onChange={(_, data) => change(data.value === 'token' ? 'token' : 'oauth')}>
        <option value="oauth">{texts.oauth}</option>
        <option value="token">{texts.token}</option>
      </Select>
    </Labelled>
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

// Unfolded when another way than the best was chosen, so that nobody takes it without seeing it.
function OtherWays({ form, change }: { form: Form; change: (form: Form) => void }) {
  return (
    <Fold label={ways.title} open={form.rung !== '' && form.rung !== 'isolated'}>
      <WayChoice value={form.rung} change={(rung) => change({ ...form, rung })} />
    </Fold>
  );
}
