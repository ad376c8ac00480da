// The program works or waits for the person: which way was taken, what it claims, how long it waits.
import { useEffect, useRef, useState } from 'react';
import type { AttemptView, Permission, SignInWay } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { Ring } from '../../../ui/Ring';
import { BrowserSketch } from './BrowserSketch';
import styles from './dialog.module.css';
import { Frame, type StepFrame } from './Frame';
import { isMove, type Goal } from './goal';
import { ReadsInBrief } from './Reads';
import { method, waiting as texts } from './texts';
import { WaitFacts } from './WaitFacts';
import { saying } from './waitWords';
import { WayList } from './Ways';

export interface WaitingStepProps {
  frame: StepFrame;
  attempt: AttemptView;
  /** Address of the expected person, or ''. */
  expect: string;
  /** What will be read. */
  permissions: readonly Permission[];
  /** Begins again in another way. */
  takeWay: (rung: SignInWay['rung']) => void;
}

export function WaitingStep({ frame, attempt, expect, permissions, takeWay }: WaitingStepProps) {
  const { goal } = frame;
  const [choosing, setChoosing] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (choosing) body.current?.querySelector<HTMLElement>('[data-way]')?.focus();
  }, [choosing]);
  const waits = attempt.phase === 'waiting';
  const copies = waits && attempt.link !== '' && attempt.rung !== 'deviceCode';
  const byLink = copies && attempt.rung === 'copyLink';
  // A token has no other way but the first step; neither has the sample that nobody signs in to.
  const hasWays = attempt.rung !== 'token' && attempt.phase !== 'token' && goal.connector.source !== 'sample';
  return (
    <Frame
      frame={frame}
      title={titleOf(goal, attempt)}
      subtitle={attempt.url.replace(/^https?:\/\//, '')}
      link={
        hasWays && (
          <Button look="link" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
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
          {waits && attempt.code && <CopyButton text={attempt.code} label={texts.copyCode} copied={texts.copied} look="primary" />}
        </>
      }
    >
      <div ref={body}>
        <Saying attempt={attempt} />
        {waits && <WaitFacts attempt={attempt} expect={expect} />}
        {choosing && hasWays ? (
          <WayList
            ways={attempt.ways}
            but={attempt.rung}
            headed
            byToken={goal.purpose !== 'account' && !goal.connector.sample}
            take={(rung) => {
              setChoosing(false);
              takeWay(rung);
            }}
          />
        ) : (
          waits && goal.purpose !== 'account' && <ReadsInBrief rows={permissions} />
        )}
      </div>
    </Frame>
  );
}

function titleOf(goal: Goal, { organization }: AttemptView): string {
  if (isMove(goal)) return method.titleMove(goal.dataset ?? organization);
  return organization ? method.title(organization) : method.signIn;
}

function Saying({ attempt }: { attempt: AttemptView }) {
  const said = saying(attempt);
  return (
    <div className={styles.waitCard}>
      <BrowserSketch />
      <div role="status">
        <h3>
          <Ring size={20} />
          {said.title}
        </h3>
        {said.text && <p>{said.text}</p>}
      </div>
    </div>
  );
}
