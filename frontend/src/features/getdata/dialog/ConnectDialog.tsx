// The connector's dialog: parameters, sign in, confirm, load. One dialog leads through all of it, so that
// closing it anywhere ends whatever it began.
import { useCallback, useId, useMemo } from 'react';
import type { AttemptView } from '../../../backend/types';
import { Modal } from '../../../ui/Modal';
import type { Connector } from '../connectors';
import styles from './dialog.module.css';
import { CurrentStep, widths } from './DialogSteps';
import { trailIndex } from './flow';
import type { StepFrame } from './Frame';
import { newDataset, type Goal } from './goal';
import { useConnectFlow, type Ends } from './useConnectFlow';

export interface ConnectDialogProps {
  connector: Connector;
  close: () => void;
  loaded: (datasetId: string) => void;
  /** Opens the guide to a registration. */
  guide?: () => void;
}

export function ConnectDialog({ connector, close, loaded, guide }: ConnectDialogProps) {
  const goal = useMemo(() => newDataset(connector), [connector]);
  const done = useCallback((attempt: AttemptView) => loaded(attempt.datasetId), [loaded]);
  return <GoalDialog goal={goal} close={close} done={done} guide={guide} />;
}

/** The dialog for any goal. */
export function GoalDialog({ goal, ...ends }: { goal: Goal } & Ends) {
  const titleId = useId();
  const flow = useConnectFlow(goal, ends);
  const frame: StepFrame = { titleId, goal, at: trailIndex(flow.step, goal.purpose), close: flow.leave };
  return (
    <Modal titleId={titleId} width={widths[flow.step]} className={styles.surface} step={flow.step} close={flow.leave}>
      <CurrentStep flow={flow} frame={frame} guide={ends.guide} />
    </Modal>
  );
}
