// Which registration of Sightline signs in, and at which directory.
import { Input } from '@fluentui/react-components';
import { useId } from 'react';
import type { OrganizationCheck } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import { Fold } from './Fold';
import { isClientId, type Form } from './form';
import { Labelled } from './Labelled';
import { useRegistrationTest } from './RegistrationTest';
import styles from './signIn.module.css';
import { method as texts } from './texts';

export interface ClientFieldsProps {
  form: Form;
  change: (form: Form) => void;
  /** The client ID that is used when none is typed, or ''. */
  ownId: string;
  /** One must be typed. */
  needed: boolean;
  /** An earlier sign-in holds one. */
  kept: boolean;
  /** An access token can be chosen in its place. */
  tokenInstead: boolean;
  organization: OrganizationCheck | undefined;
  /** Opens the guide; without it there is no link. */
  guide?: () => void;
}

export function ClientFields({ form, change, ownId, needed, kept, tokenInstead, organization, guide }: ClientFieldsProps) {
  const client = useId();
  const authority = useId();
  const typed = form.clientId.trim();
  const bad = typed !== '' && !isClientId(typed);
  const id = typed || ownId;
  const where = organization?.url ?? form.organization.trim();
  const canAsk = isClientId(id) && (where !== '' || form.authority.trim() !== '');
  const test = useRegistrationTest(canAsk ? { clientId: id, organization: where, authority: form.authority.trim() } : null);
  const hint = kept ? texts.clientIdKept : ownId ? '' : [texts.clientIdHint, tokenInstead && texts.clientIdOrToken].filter(Boolean).join(' ');
  return (
    <Fold label={texts.advanced} open={needed}>
      <div>
        <label className={fieldStyles.label} htmlFor={client}>
          {texts.clientId}
        </label>
        <div className={styles.withButton}>
          <Input
            id={client}
            value={form.clientId}
            placeholder={ownId}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={bad}
            aria-describedby={`${client}-hint`}
            onChange={(_, data) => change({ ...form, clientId: data.value })}
          />
          {test.button}
        </div>
        {bad && <FieldFault>{texts.clientIdBad}</FieldFault>}
        {test.answer}
        <p id={`${client}-hint`} className={fieldStyles.hint}>
          {hint}{' '}
          {guide && (
            <Button look="link" className={fieldStyles.suggestion} onClick={guide}>
              {texts.guide}
            </Button>
          )}
        </p>
      </div>
      <Labelled id={authority} label={texts.authority} hint={texts.authorityHint}>
        <Input
          id={authority}
          value={form.authority}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${authority}-hint`}
          onChange={(_, data) => change({ ...form, authority: data.value })}
        />
      </Labelled>
    </Fold>
  );
}
