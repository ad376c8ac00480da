// A passphrase for the sign-ins of this computer, where nothing else can hold their key. It stays outside of
// what React remembers and goes in the body of one request.
import { Input } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { accounts } from '../../../backend/api';
import type { KeepingMode, KeepingView } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { FieldFault } from '../../../ui/DialogParts';
import fieldStyles from '../../../ui/Field.module.css';
import styles from './signIn.module.css';
import { passphrase as texts } from './texts';

const key = ['keeping'];
const shortest = 8;

/** Where sign-ins rest on this computer; asked when a card must say it. */
export function useKeeping(enabled: boolean): KeepingView | undefined {
  const { data } = useQuery({ queryKey: key, queryFn: accounts.keeping, enabled, retry: false });
  return data;
}

/** Where the sign-in of a card will rest: as the program says now, or as it said when the card was made. */
export function keepingNow(ofCard: KeepingMode, now: KeepingView | undefined): KeepingMode {
  return now && now.mode !== 'unknown' ? now.mode : ofCard;
}

/** Asks for a passphrase, chosen now or before; `taken` after the program took it. */
export function PassphraseForm({ chosen, taken }: { chosen: boolean; taken: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ busy: boolean; fault: string }>({ busy: false, fault: '' });
  // It appears because somebody asked for it.
  useEffect(() => field.current?.focus(), []);
  const send = async () => {
    const secret = field.current?.value ?? '';
    if (!chosen && [...secret].length < shortest) return setState({ busy: false, fault: texts.short });
    setState({ busy: true, fault: '' });
    const ok = await accounts.sendPassphrase(secret).catch(() => false);
    if (field.current) field.current.value = '';
    setState({ busy: false, fault: ok ? '' : chosen ? texts.wrong : texts.notTaken });
    if (!ok) return;
    await client.invalidateQueries({ queryKey: key });
    taken();
  };
  // It stands within the form of a step, whose own button Enter must not press.
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key !== 'Enter') return;
    e.preventDefault();
    void send();
  };
  return (
    <div className={styles.passphrase}>
      <label className={fieldStyles.label} htmlFor={id}>
        {texts.label}
      </label>
      <div className={styles.withButton}>
        <Input
          id={id}
          ref={field}
          type="password"
          autoComplete={chosen ? 'current-password' : 'new-password'}
          aria-describedby={`${id}-hint`}
          aria-invalid={state.fault !== ''}
          onKeyDown={onKeyDown}
        />
        <Button disabled={state.busy} onClick={() => void send()}>
          {texts.set}
        </Button>
      </div>
      {state.fault && <FieldFault>{state.fault}</FieldFault>}
      <p id={`${id}-hint`} className={fieldStyles.hint}>
        {chosen ? texts.enterHint : texts.chooseHint}
      </p>
    </div>
  );
}
