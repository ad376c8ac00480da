// Who signs in: an account that this computer knows, or another one.
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add';
import { useId, type ReactNode } from 'react';
import type { AccountView } from '../../../backend/types';
import { PersonAvatar } from '../../../ui/PersonAvatar';
import { isKept } from './knownAccounts';
import styles from './signIn.module.css';
import { method as texts } from './texts';

export interface AccountChoiceProps {
  accounts: readonly AccountView[];
  /** null is another account. */
  chosen: AccountView | null;
  choose: (key: string) => void;
}

export function AccountChoice({ accounts, chosen, choose }: AccountChoiceProps) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{texts.who}</legend>
      {accounts.map((account) => (
        <Option
          key={account.key}
          name={name}
          checked={chosen?.key === account.key}
          choose={() => choose(account.key)}
          picture={<PersonAvatar name={account.name} address={account.address} size={36} />}
          title={account.name}
          lines={[[account.address, account.directory].filter(Boolean).join(', '), isKept(account) ? account.sentence || texts.keptNote : texts.endedNote]}
        />
      ))}
      <Option
        name={name}
        checked={chosen === null}
        choose={() => choose('')}
        picture={
          <span className={styles.nobody}>
            <PersonAdd20Regular />
          </span>
        }
        title={texts.anotherAccount}
        lines={[texts.anotherNote]}
      />
    </fieldset>
  );
}

function Option(props: { name: string; checked: boolean; choose: () => void; picture: ReactNode; title: string; lines: string[] }) {
  const { name, checked, choose, picture, title, lines } = props;
  const id = useId();
  return (
    <label className={styles.option}>
      <input
        type="radio"
        name={name}
        checked={checked}
        data-first-focus={checked || undefined}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-lines`}
        onChange={choose}
      />
      <span aria-hidden="true">{picture}</span>
      <span className={styles.words}>
        <b id={`${id}-title`}>{title}</b>
        <span id={`${id}-lines`}>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </span>
    </label>
  );
}
