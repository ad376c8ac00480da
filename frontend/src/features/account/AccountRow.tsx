import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { PersonDelete20Regular } from '@fluentui/react-icons/svg/person-delete';
import { SignOut20Regular } from '@fluentui/react-icons/svg/sign-out';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accounts as calls } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { accountAgain, hasEnded, type OpenSignIn } from '../../backend/signingIn';
import type { AccountView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { FieldFault } from '../../ui/DialogParts';
import { PersonAvatar } from '../../ui/PersonAvatar';
import styles from './AccountMenu.module.css';
import { directoryLine, texts } from './texts';

export interface AccountRowProps {
  account: AccountView;
  ask: OpenSignIn;
  leave: (account: AccountView) => void;
}

/** One account: who, of which directory, and the step that makes sense for it now. */
export function AccountRow({ account, ask, leave }: AccountRowProps) {
  const { name, address, inUse, state } = account;
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (step: (key: string) => ReturnType<typeof calls.list>) => step(account.key),
    onSuccess: (view) => {
      client.setQueryData(['accounts'], view);
      void client.invalidateQueries({ queryKey: ['shell'] });
    },
  });
  const ended = hasEnded(account);
  const removable = state === 'signedOut' && account.connections.length === 0;
  return (
    <li className={`${styles.account} ${inUse ? styles.current : ''}`}>
      <PersonAvatar name={name} address={address} size={36} />
      <div className={styles.who}>
        <b>{name}</b>
        <span>{address}</span>
        <em>{directoryLine(account)}</em>
        {state !== 'signedIn' && account.sentence && <em className={styles.why}>{account.sentence}</em>}
        {change.isError && <FieldFault>{faultOf(change.error).message}</FieldFault>}
      </div>
      <div className={styles.steps}>
        {inUse && !ended && (
          <Chip tone="ok" icon={<Checkmark16Regular aria-hidden="true" />}>
            {texts.inUse}
          </Chip>
        )}
        {ended && (
          <Button size="small" aria-label={texts.signInOf(name, address)} onClick={() => ask(accountAgain(account))}>
            {texts.signIn}
          </Button>
        )}
        {!ended && !inUse && (
          <Button size="small" aria-label={texts.switchTo(name, address)} disabled={change.isPending} onClick={() => change.mutate(calls.use)}>
            {texts.switch}
          </Button>
        )}
        {/* The one in use has its own line at the foot. */}
        {!inUse && state !== 'signedOut' && (
          <Button look="subtle" size="small" icon={<SignOut20Regular />} title={texts.signOutOf(name, address)} aria-label={texts.signOutOf(name, address)} onClick={() => leave(account)} />
        )}
        {removable && (
          <Button
            look="subtle"
            size="small"
            icon={<PersonDelete20Regular />}
            title={texts.remove(name, address)}
            aria-label={texts.remove(name, address)}
            disabled={change.isPending}
            onClick={() => change.mutate(calls.remove)}
          />
        )}
      </div>
    </li>
  );
}
