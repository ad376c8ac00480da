// A passphrase for the sign-ins of this computer. It stays in its fields, outside of what React remembers, and goes in
// the body of one request.
import { useId, useRef, useState, type Ref } from 'react';
import { accounts } from '../../backend/api';
import { Button } from '../../ui/Button';
import { FieldFault } from '../../ui/DialogParts';
import fieldStyles from '../../ui/Field.module.css';
import styles from './SettingsScreen.module.css';
import { passphrase as texts } from './texts';

const shortest = 8;

/** Why a passphrase that is being chosen is not sent, or ''. */
export function passphraseFault(secret: string, again: string): string {
  if (Array.from(secret).length < shortest) return texts.short(shortest);
  return secret === again ? '' : texts.differ;
}

/** Asks for the passphrase that was chosen before, or twice for a new one; `taken` after the program took it. */
export function PassphraseFields({ chosen, taken }: { chosen: boolean; taken: () => void }) {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const send = async () => {
    const secret = first.current?.value ?? '';
    const refused = chosen ? '' : passphraseFault(secret, second.current?.value ?? '');
    setFault(refused);
    if (refused || !secret) return;
    setBusy(true);
    const ok = await accounts.sendPassphrase(secret).catch(() => false);
    setBusy(false);
    for (const field of [first.current, second.current]) if (field) field.value = '';
    setFault(ok ? '' : chosen ? texts.wrong : texts.notTaken);
    if (ok) taken();
  };
  return (
    <form
      className={styles.passphrase}
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <Secret label={texts.label} fault={fault !== ''} kind={chosen ? 'current-password' : 'new-password'} field={first} />
      {!chosen && <Secret label={texts.again} fault={fault !== ''} kind="new-password" field={second} />}
      {fault && <FieldFault>{fault}</FieldFault>}
      <p className={fieldStyles.hint}>{chosen ? texts.enterHint : texts.chooseHint}</p>
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={busy}>
          {chosen ? texts.unlock : texts.use}
        </Button>
      </div>
    </form>
  );
}

function Secret({ label, fault, kind, field }: { label: string; fault: boolean; kind: string; field: Ref<HTMLInputElement> }) {
  const id = useId();
  return (
    <div>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      <div className={`${fieldStyles.input} ${fault ? fieldStyles.bad : ''}`}>
        <input id={id} ref={field} type="password" autoComplete={kind} aria-invalid={fault} />
      </div>
    </div>
  );
}
