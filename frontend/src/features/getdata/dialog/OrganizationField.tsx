// The organization, or the collection of a server, with how the program understood it.
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { useId, useState } from 'react';
import type { OrganizationCheck } from '../../../backend/types';
import { Chip } from '../../../ui/Chip';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import { parameters as texts } from '../texts';
import styles from './dialog.module.css';

export interface OrganizationFieldProps {
  server: boolean;
  value: string;
  check: OrganizationCheck | undefined;
  change: (v: string) => void;
  /** Instead of how to type it. */
  hint?: string;
}

export function OrganizationField({ server, value, check, change, hint }: OrganizationFieldProps) {
  const id = useId();
  const [left, setLeft] = useState(false);
  const refused = left && check && !check.ok ? check.fault : null;
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {server ? texts.collection : texts.organization}
      </label>
      <div className={`${fieldStyles.input} ${refused ? fieldStyles.bad : ''}`}>
        <input
          id={id}
          value={value}
          data-first-focus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={server ? 'https://server/tfs/DefaultCollection' : 'corpx'}
          aria-invalid={refused !== null}
          aria-describedby={`${id}-hint`}
          onChange={(e) => change(e.target.value)}
          onBlur={() => setLeft(true)}
          onFocus={() => setLeft(false)}
        />
        {check?.ok && (
          <span className={styles.understood} role="status">
            <Chip tone="ok" icon={<CheckmarkCircle16Filled aria-hidden="true" />}>
              {check.display}
            </Chip>
          </span>
        )}
      </div>
      {refused && <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>}
      <p id={`${id}-hint`} className={fieldStyles.hint}>
        {hint ?? (server ? texts.collectionHint : texts.organizationHint)}
      </p>
    </div>
  );
}
