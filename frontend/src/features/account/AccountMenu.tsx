// The account at the upper right: who is known on this computer, who new connections sign in as, and as whom each
// connection comes.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { LockClosed20Regular } from '@fluentui/react-icons/svg/lock-closed';
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add';
import { PersonCircle24Regular } from '@fluentui/react-icons/svg/person-circle';
import { SignOut20Regular } from '@fluentui/react-icons/svg/sign-out';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accounts as calls } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { anotherAccount, hasEnded, useSignIn, type OpenSignIn } from '../../backend/signingIn';
import type { AccountConnection, AccountView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { FieldFault } from '../../ui/DialogParts';
import { href } from '../../ui/navigation';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './AccountMenu.module.css';
import { AccountRow } from './AccountRow';
import { ConnectionRow } from './ConnectionRow';
import { SignOutDialog } from './SignOutDialog';
import { texts } from './texts';

export interface AccountMenuProps {
  accounts: readonly AccountView[];
  /** Id of the dataset on screen: its account is the one shown. */
  current: string | null;
}

/** The account whose dataset is on screen, else the one in use, else the first. */
export function shownAccount(accounts: readonly AccountView[], current: string | null): AccountView | undefined {
  const ofScreen = accounts.find((a) => current !== null && a.connections.some((c) => c.datasetId === current));
  return ofScreen ?? accounts.find((a) => a.inUse) ?? accounts[0];
}

export function AccountMenu({ accounts, current }: AccountMenuProps) {
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  const signIn = useSignIn();
  const shown = shownAccount(accounts, current);
  const ask: OpenSignIn = (request) => {
    setOpen(false);
    signIn(request);
  };
  const leave = (account: AccountView) => {
    setOpen(false);
    setLeaving(account);
  };
  const dialog = leaving && <SignOutDialog account={leaving} close={() => setLeaving(null)} />;
  if (!shown) {
    return (
      <>
        <Button look="subtle" className={styles.signIn} icon={<PersonCircle24Regular />} title={texts.signInHint} onClick={() => ask(anotherAccount)}>
          {texts.signIn}
        </Button>
        {dialog}
      </>
    );
  }
  return (
    <>
      <Popover open={open} onOpenChange={(_, data) => setOpen(data.open)} positioning={{ position: 'below', align: 'end', offset: 12 }} trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <button type="button" className={styles.trigger} aria-label={texts.menu(shown.name)} title={`${shown.name}, ${shown.address}`}>
            <PersonAvatar name={shown.name} address={shown.address} size={28} />
          </button>
        </PopoverTrigger>
        <PopoverSurface className={styles.menu} aria-label={texts.heading}>
          <Opened accounts={accounts} ask={ask} leave={leave} close={() => setOpen(false)} />
        </PopoverSurface>
      </Popover>
      {dialog}
    </>
  );
}

interface OpenedProps {
  accounts: readonly AccountView[];
  ask: OpenSignIn;
  leave: (account: AccountView) => void;
  close: () => void;
}

function Opened({ accounts: known, ask, leave, close }: OpenedProps) {
  const { data, error } = useQuery({ queryKey: ['accounts'], queryFn: calls.list, staleTime: 0 });
  const accounts = data?.accounts ?? known;
  const inUse = accounts.find((a) => a.inUse && a.state !== 'signedOut');
  return (
    <>
      {data?.keeping.locked && <Locked sentence={data.keeping.sentence} close={close} />}
      <h2>{texts.heading}</h2>
      <ul>
        {accounts.map((account) => (
          <AccountRow key={account.key} account={account} ask={ask} leave={leave} />
        ))}
      </ul>
      <Button look="link" className={styles.another} icon={<PersonAdd20Regular />} onClick={() => ask(anotherAccount)}>
        {texts.another}
      </Button>
      <hr />
      <Connections accounts={accounts} without={data?.without ?? []} asked={data !== undefined} close={close} />
      {error && <FieldFault>{faultOf(error).message}</FieldFault>}
      <p className={styles.note}>{texts.note}</p>
      {inUse && (
        <>
          <hr />
          <button type="button" className={styles.leave} aria-label={texts.signOutOf(inUse.name, inUse.address)} onClick={() => leave(inUse)}>
            <SignOut20Regular aria-hidden="true" />
            <span>{texts.signOut(inUse.name)}</span>
            <small>{texts.stays}</small>
          </button>
        </>
      )}
    </>
  );
}

// Nothing can be refreshed until the key is there, which the settings ask for.
function Locked({ sentence, close }: { sentence: string; close: () => void }) {
  return (
    <p className={styles.locked} role="status">
      <LockClosed20Regular aria-hidden="true" />
      <span>{sentence}</span>
      <a href={href({ screen: 'settings' })} onClick={close}>
        {texts.unlock}
      </a>
    </p>
  );
}

function Connections(props: { accounts: readonly AccountView[]; without: readonly AccountConnection[]; asked: boolean; close: () => void }) {
  const { accounts, without, asked, close } = props;
  const none = asked && without.length === 0 && accounts.every((a) => a.connections.length === 0);
  // What waits for its person stands first.
  const rows = [
    ...accounts.flatMap((account) => account.connections.map((connection) => ({ connection, address: account.address }))),
    ...without.map((connection) => ({ connection, address: '' })),
  ].toSorted((a, b) => Number(hasEnded(b.connection)) - Number(hasEnded(a.connection)));
  return (
    <>
      <h2>{texts.connections}</h2>
      {none && <p className={styles.note}>{texts.noConnections}</p>}
      <ul>
        {rows.map(({ connection, address }) => (
          <ConnectionRow key={connection.datasetId} connection={connection} address={address} close={close} />
        ))}
      </ul>
    </>
  );
}
