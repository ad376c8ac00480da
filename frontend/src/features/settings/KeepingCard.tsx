import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accounts } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { KeepingMode, KeepingView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { Chip, type Tone } from '../../ui/Chip';
import { FaultCard } from '../../ui/FaultCard';
import { Ring } from '../../ui/Ring';
import { PassphraseFields } from './PassphraseFields';
import styles from './SettingsScreen.module.css';
import { keeping as texts } from './texts';

const tones: Record<KeepingMode, Tone> = { keyring: 'ok', passphrase: 'ok', kernel: 'warning', session: 'warning', unknown: 'plain' };

/** Where the keys of the sign-ins rest on this computer, and what can be done when that is not for long. */
export function KeepingCard() {
  const client = useQueryClient();
  const keep = (view: KeepingView) => {
    client.setQueryData(['keeping'], view);
    void client.invalidateQueries({ queryKey: ['accounts'] });
    void client.invalidateQueries({ queryKey: ['shell'] });
  };
  const answer = useQuery({ queryKey: ['keeping'], queryFn: accounts.keeping, staleTime: 0 });
  const retry = useMutation({ mutationFn: accounts.retryKeyring, onSuccess: keep });
  const view = answer.data;
  const error = retry.error ?? answer.error;
  return (
    <section className={styles.card} aria-label={texts.title}>
      <div className={styles.head}>
        <h2>{texts.title}</h2>
        {(answer.isPending || retry.isPending) && <Ring size={16} label={texts.asking} />}
        {view && <Chip tone={view.locked ? 'warning' : tones[view.mode]}>{view.locked ? texts.locked : texts.modes[view.mode]}</Chip>}
      </div>
      <p className={styles.note}>{texts.note}</p>
      {view && <State view={view} busy={retry.isPending} retry={() => retry.mutate()} unlocked={() => void answer.refetch().then(({ data }) => data && keep(data))} />}
      {error && <FaultCard plain fault={faultOf(error)} tone="warning" icon={<ErrorCircle20Regular />} />}
    </section>
  );
}

function State({ view, busy, retry, unlocked }: { view: KeepingView; busy: boolean; retry: () => void; unlocked: () => void }) {
  const [asked, setAsked] = useState(false);
  const enter = view.passphrase && (view.locked || view.mode !== 'passphrase');
  const mayChoose = !view.passphrase && (view.mode === 'session' || view.mode === 'kernel');
  const mayRetry = view.mode !== 'keyring' && view.mode !== 'passphrase';
  return (
    <>
      <p role="status">{view.sentence}</p>
      {enter || (asked && mayChoose) ? (
        <PassphraseFields chosen={view.passphrase} taken={unlocked} />
      ) : null}
      {(mayRetry || mayChoose) && (
        <div className={styles.buttons}>
          {mayChoose && !asked && <Button onClick={() => setAsked(true)}>{texts.choose}</Button>}
          {mayRetry && (
            <Button disabled={busy} onClick={retry}>
              {texts.retry}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
