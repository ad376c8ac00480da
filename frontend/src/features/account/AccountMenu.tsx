// The account at the upper right: who is known on this computer, which connection uses whom, sign out.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { Database20Regular } from '@fluentui/react-icons/svg/database';
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add';
import { PersonCircle24Regular } from '@fluentui/react-icons/svg/person-circle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { AccountView, NavItem } from '../../backend/types';
import { Button } from '../../ui/Button';
import { FieldFault } from '../../ui/DialogParts';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './AccountMenu.module.css';
import { directoryLine, texts } from './texts';

export interface AccountMenuProps {
  accounts: readonly AccountView[];
  datasets: readonly NavItem[];
  /** Name of the dataset on screen: its account is the one shown. */
  current: string | null;
  /** Goes to Get Data, where every sign-in begins. */
  getData: () => void;
}

/** The account whose dataset is on screen, else the first. */
export function shownAccount(accounts: readonly AccountView[], current: string | null): AccountView | undefined {
  return accounts.find((a) => current !== null && a.connections.some((c) => c.name === current)) ?? accounts[0];
}

export function AccountMenu({ accounts, datasets, current, getData }: AccountMenuProps) {
  const [open, setOpen] = useState(false);
  const shown = shownAccount(accounts, current);
  if (!shown) {
    return (
      <Button look="subtle" className={styles.signIn} icon={<PersonCircle24Regular />} title={texts.signInHint} onClick={getData}>
        {texts.signIn}
      </Button>
    );
  }
  const leave = () => {
    setOpen(false);
    getData();
  };
  return (
    <Popover open={open} onOpenChange={(_, data) => setOpen(data.open)} positioning={{ position: 'below', align: 'end', offset: 12 }} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className={styles.trigger} aria-label={texts.menu(shown.name)} title={`${shown.name}, ${shown.address}`}>
          <PersonAvatar name={shown.name} address={shown.address} size={28} />
        </button>
      </PopoverTrigger>
      <PopoverSurface className={styles.menu} aria-label={texts.heading}>
        <h2>{texts.heading}</h2>
        <ul>
          {accounts.map((account) => (
            <AccountRow key={account.key} account={account} current={account === shown && current !== null} />
          ))}
        </ul>
        <Button look="link" className={styles.another} icon={<PersonAdd20Regular />} onClick={leave}>
          {texts.another}
        </Button>
        <hr />
        <h2>{texts.connections}</h2>
        <ul>
          {datasets.map((dataset) => (
            <ConnectionRow key={dataset.id} name={dataset.name} accounts={accounts} />
          ))}
        </ul>
        <p className={styles.note}>{texts.note}</p>
      </PopoverSurface>
    </Popover>
  );
}

function AccountRow({ account, current }: { account: AccountView; current: boolean }) {
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => shell.signOut(account.key),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <li className={`${styles.account} ${current ? styles.current : ''}`}>
      <PersonAvatar name={account.name} address={account.address} size={36} />
      <div className={styles.who}>
        <b>{account.name}</b>
        <span>{account.address}</span>
        <em>{directoryLine(account.kind, account.directory)}</em>
        {signOut.isError && <FieldFault>{faultOf(signOut.error).message}</FieldFault>}
      </div>
      <Button size="small" aria-label={texts.signOutOf(account.name, account.address)} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {texts.signOut}
      </Button>
    </li>
  );
}

function ConnectionRow({ name, accounts }: { name: string; accounts: readonly AccountView[] }) {
  const account = accounts.find((a) => a.connections.some((c) => c.name === name));
  return (
    <li className={styles.connection}>
      <Database20Regular aria-hidden="true" />
      <div>
        <b>{name}</b>
        <span>{account ? texts.as(account.address) : texts.noAccount}</span>
      </div>
    </li>
  );
}
