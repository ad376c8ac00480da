// The rows under a wait: who is expected, which window, who asks for the password, how long.
import { ShieldCheckmark16Filled } from '@fluentui/react-icons/svg/shield-checkmark';
import type { AttemptView } from '../../../backend/types';
import { Chip } from '../../../ui/Chip';
import { CopyButton } from '../../../ui/CopyButton';
import { Facts, type FactRow } from '../../../ui/Facts';
import { useNow } from '../../../ui/useNow';
import { countdown } from './countdown';
import styles from './dialog.module.css';
import signIn from './signIn.module.css';
import { waiting as texts } from './texts';
import { claimOf, windowWords } from './waitWords';

export function WaitFacts({ attempt, expect }: { attempt: AttemptView; expect: string }) {
  const now = useNow(1000);
  const rows: FactRow[] = [];
  if (attempt.code) {
    rows.push({ name: texts.codeLabel, value: <Code attempt={attempt} /> });
    rows.push({ name: texts.codePage, value: <CodePage address={attempt.codePage} /> });
  }
  if (expect) rows.push({ name: texts.expected, value: expect });
  if (attempt.rung !== 'deviceCode') rows.push({ name: texts.window, value: <BrowserWindow attempt={attempt} /> });
  if (attempt.authority) rows.push({ name: texts.authority, value: attempt.authority });
  if (attempt.rung === 'copyLink') rows.push({ name: texts.link, value: <code>{attempt.link}</code> });
  if (attempt.deadline) rows.push({ name: texts.left, value: <span className="sl-num">{countdown(attempt.deadline, now)}</span> });
  return (
    <div className={styles.facts}>
      <Facts rows={rows} nameWidth={152} />
    </div>
  );
}

// Large enough to read from another device.
function Code({ attempt }: { attempt: AttemptView }) {
  return (
    <span className={styles.window}>
      <output className={signIn.code}>{attempt.code}</output>
      <ClaimChip attempt={attempt} />
    </span>
  );
}

function CodePage({ address }: { address: string }) {
  return (
    <span className={signIn.codePage}>
      <b>{address}</b>
      <CopyButton text={address} label={texts.copyPage} copied={texts.copied} look="secondary" />
    </span>
  );
}

function BrowserWindow({ attempt }: { attempt: AttemptView }) {
  return (
    <span className={styles.window}>
      {windowWords(attempt)}
      <ClaimChip attempt={attempt} />
    </span>
  );
}

function ClaimChip({ attempt }: { attempt: AttemptView }) {
  switch (claimOf(attempt)) {
    case 'isolated':
      return (
        <Chip tone="ok" icon={<ShieldCheckmark16Filled aria-hidden="true" />}>
          {texts.isolatedChip}
        </Chip>
      );
    case 'notProved':
      return <Chip tone="warning">{texts.notProved}</Chip>;
    case 'notClaimed':
      return <Chip>{texts.notClaimed}</Chip>;
    case 'none':
      return null;
  }
}
