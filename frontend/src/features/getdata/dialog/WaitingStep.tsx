// The program works or waits for the person in the browser: what was opened, how long it waits.
import { Eye16Regular } from '@fluentui/react-icons/svg/eye';
import { ShieldCheckmark16Filled } from '@fluentui/react-icons/svg/shield-checkmark';
import type { AttemptView, Permission } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { Chip } from '../../../ui/Chip';
import { CopyButton } from '../../../ui/CopyButton';
import { Facts, type FactRow } from '../../../ui/Facts';
import { Ring } from '../../../ui/Ring';
import { useNow } from '../../../ui/useNow';
import { method, waiting as texts } from '../texts';
import { BrowserSketch } from './BrowserSketch';
import { countdown } from './countdown';
import fieldStyles from '../../../ui/Field.module.css';
import styles from './dialog.module.css';
import { Frame, type StepFrame } from './Frame';

export interface WaitingStepProps {
  frame: StepFrame;
  attempt: AttemptView;
  expect: string;
  /** What will be read. */
  permissions: readonly Permission[];
  another: () => void;
}

export function WaitingStep({ frame, attempt, expect, permissions, another }: WaitingStepProps) {
  const inBrowser = attempt.phase === 'waiting';
  const said = saying(attempt);
  const copies = inBrowser && attempt.link !== '';
  const byLink = copies && attempt.rung === 'copyLink';
  return (
    <Frame
      frame={frame}
      title={method.title(attempt.organization)}
      subtitle={attempt.url.replace(/^https?:\/\//, '')}
      link={
        !frame.connector.sample && (
          <Button look="link" onClick={another}>
            {texts.another}
          </Button>
        )
      }
      buttons={
        <>
          {copies && !byLink && <CopyButton text={attempt.link} label={texts.copy} copied={texts.copied} look="secondary" />}
          <Button data-first-focus onClick={frame.close}>
            {texts.cancel}
          </Button>
          {/* Where the link is the only way, copying it is the step to take, and that stands last. */}
          {byLink && <CopyButton text={attempt.link} label={texts.copy} copied={texts.copied} look="primary" />}
        </>
      }
    >
      <div className={styles.waitCard}>
        <BrowserSketch />
        <div role="status">
          <h3>
            <Ring size={20} />
            {said.title}
          </h3>
          <p>{said.text}</p>
        </div>
      </div>
      {inBrowser && <BrowserFacts attempt={attempt} expect={expect} />}
      {inBrowser && <Reads permissions={permissions} />}
    </Frame>
  );
}

function BrowserFacts({ attempt, expect }: { attempt: AttemptView; expect: string }) {
  const now = useNow(1000);
  const rows: FactRow[] = [];
  if (expect) rows.push({ name: texts.expected, value: expect });
  rows.push({ name: texts.window, value: <BrowserWindow attempt={attempt} /> });
  if (attempt.rung === 'copyLink') rows.push({ name: texts.link, value: <code>{attempt.link}</code> });
  if (attempt.deadline) rows.push({ name: texts.left, value: <span className="sl-num">{countdown(attempt.deadline, now)}</span> });
  return (
    <div className={styles.facts}>
      <Facts rows={rows} />
    </div>
  );
}

function Reads({ permissions }: { permissions: readonly Permission[] }) {
  return (
    <div className={`${styles.reads} ${styles.chipsRead}`}>
      <h3>{method.reads}</h3>
      <ul>
        {permissions.map((permission) => (
          <li key={permission.name}>
            <Chip icon={<Eye16Regular aria-hidden="true" />}>{permission.name}</Chip>
          </li>
        ))}
      </ul>
      <p className={fieldStyles.hint}>{method.never}</p>
    </div>
  );
}

function BrowserWindow({ attempt }: { attempt: AttemptView }) {
  if (attempt.rung === 'copyLink') return texts.windowNone;
  const words = attempt.rung === 'isolatedWithoutPrivate' ? texts.windowWithoutPrivate : texts.windowIsolated;
  return (
    <span className={styles.window}>
      {words(attempt.browser)}
      {attempt.isolated ? (
        <Chip tone="ok" icon={<ShieldCheckmark16Filled aria-hidden="true" />}>
          {texts.isolatedChip}
        </Chip>
      ) : (
        <Chip tone="warning">{texts.notProved}</Chip>
      )}
    </span>
  );
}

/** What is going on, for each phase before the identity is known. */
function saying(attempt: AttemptView): { title: string; text: string } {
  const address = attempt.url.replace(/^https?:\/\//, '');
  switch (attempt.phase) {
    case 'opening':
      return { title: texts.opening, text: texts.openingText };
    case 'waiting': {
      const text = { copyLink: texts.copyLink, isolatedWithoutPrivate: texts.withoutPrivate, isolated: texts.isolated, ephemeral: texts.isolated, '': texts.isolated, system: '', deviceCode: '', token: '', silent: '' }[attempt.rung];
      return { title: texts.waiting, text: [attempt.notice, text].filter(Boolean).join(' ') };
    }
    case 'token':
      return { title: texts.token, text: texts.provingText(attempt.organization) };
    case 'proving':
      return { title: texts.proving, text: texts.provingText(attempt.organization) };
    default:
      if (attempt.source === 'sample' || attempt.source === 'sampleSignIn') return { title: texts.sample, text: '' };
      return { title: texts.discovering, text: texts.discoveringText(address) };
  }
}
