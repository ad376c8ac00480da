// A personal access token: the token itself, the day it ends, and what may be wrong with sending it.
import { Input } from '@fluentui/react-components';
import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import { useId } from 'react';
import type { Content, OrganizationCheck } from '../../../backend/types';
import { CheckBox } from '../../../ui/CheckBox';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import type { Form } from './form';
import { Labelled } from './Labelled';
import { Note } from './Note';
import { Scopes } from './Reads';
import styles from './signIn.module.css';
import { method as texts, tokenScopes } from './texts';
import { unencryptedHost } from './unencrypted';
import { useToday } from './useToday';

export interface TokenFieldsProps {
  form: Form;
  change: (form: Form) => void;
  organization: OrganizationCheck | undefined;
  contents: readonly Content[];
  /** Keeps what was typed, outside of what React remembers. */
  typed: (token: string) => void;
}

export function TokenFields({ form, change, organization, contents, typed }: TokenFieldsProps) {
  const id = useId();
  const open = unencryptedHost(organization);
  return (
    <>
      <Labelled id={id} label={texts.tokenLabel} hint={texts.tokenHint}>
        <Input id={id} type="password" autoComplete="off" data-first-focus aria-describedby={`${id}-hint`} onChange={(_, data) => typed(data.value.trim())} />
      </Labelled>
      <TokenEnd form={form} change={change} />
      {open && (
        <Note tone="warning" icon={<Warning20Regular />}>
          <p>
            <b>{texts.plain(open)}</b> {texts.plainText}
          </p>
          <CheckBox checked={form.allowPlain} change={(allowPlain) => change({ ...form, allowPlain })}>
            {texts.plainAllow}
          </CheckBox>
        </Note>
      )}
      <Scopes names={tokenScopes(contents)} />
    </>
  );
}

function TokenEnd({ form, change }: { form: Form; change: (form: Form) => void }) {
  const id = useId();
  const today = useToday();
  const ended = !form.tokenEndUnknown && form.tokenExpires !== '' && form.tokenExpires < today;
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {texts.tokenEnds}
      </label>
      <div className={styles.tokenEnd}>
        <Input
          id={id}
          type="date"
          value={form.tokenEndUnknown ? '' : form.tokenExpires}
          min={today}
          disabled={form.tokenEndUnknown}
          aria-invalid={ended}
          aria-describedby={`${id}-hint`}
          onChange={(_, data) => change({ ...form, tokenExpires: data.value })}
        />
        <CheckBox checked={form.tokenEndUnknown} describedBy={`${id}-hint`} change={(tokenEndUnknown) => change({ ...form, tokenEndUnknown })}>
          {texts.tokenEndUnknown}
        </CheckBox>
      </div>
      {ended && <FieldFault>{texts.tokenEnded}</FieldFault>}
      <p id={`${id}-hint`} className={fieldStyles.hint}>
        {form.tokenEndUnknown ? texts.tokenEndUnknownHint : texts.tokenEndsHint}
      </p>
    </div>
  );
}
