// Where in the dialog the person is. The program's attempt leads; the person's own steps come between.
import type { AttemptView } from '../../../backend/types';
import type { Goal } from './goal';

export type Stage = 'parameters' | 'method' | 'attempt';
export type Step = 'parameters' | 'method' | 'waiting' | 'identity' | 'projects' | 'failed';

export interface Place {
  stage: Stage;
  attempt: AttemptView | undefined;
  /** The person said yes to the identity card. */
  accepted: boolean;
  purpose?: Goal['purpose'];
}

/** The step that is on screen. Only a new dataset chooses projects; else the identity card is the last. */
export function stepOf({ stage, attempt, accepted, purpose = '' }: Place): Step {
  if (stage !== 'attempt') return stage;
  const last = purpose === '' ? 'projects' : 'identity';
  switch (attempt?.phase) {
    case 'confirm':
      return accepted ? last : 'identity';
    case 'storing':
    case 'accepted':
      return last;
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'method';
    default:
      return 'waiting';
  }
}

const whole: Record<Step, number> = { parameters: 0, method: 1, waiting: 1, failed: 1, identity: 2, projects: 3 };

/** The position in the trail Parameters, Sign in, Confirm, Load; without a new dataset in Sign in, Confirm. */
export function trailIndex(step: Step, purpose: Goal['purpose'] = ''): number {
  return purpose === '' ? whole[step] : Math.max(0, whole[step] - 1);
}

/** True while the program works and must be asked again. */
export function isMoving(attempt: AttemptView | undefined): boolean {
  return attempt !== undefined && ['discovering', 'opening', 'waiting', 'token', 'proving', 'storing'].includes(attempt.phase);
}
