// Where in the dialog the person is. The program's attempt leads; the person's own steps come between.
import type { AttemptView } from '../../../backend/types';

export type Stage = 'parameters' | 'method' | 'attempt';
export type Step = 'parameters' | 'method' | 'waiting' | 'identity' | 'projects' | 'failed';

export interface Place {
  stage: Stage;
  attempt: AttemptView | undefined;
  /** The person said yes to the identity card. */
  accepted: boolean;
}

/** The step that is on screen. */
export function stepOf({ stage, attempt, accepted }: Place): Step {
  if (stage !== 'attempt') return stage;
  switch (attempt?.phase) {
    case 'confirm':
      return accepted ? 'projects' : 'identity';
    case 'storing':
    case 'accepted':
      return 'projects';
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'method';
    default:
      return 'waiting';
  }
}

const trail: Record<Step, number> = { parameters: 0, method: 1, waiting: 1, failed: 1, identity: 2, projects: 3 };

/** The position in the trail Parameters, Sign in, Confirm, Load. */
export function trailIndex(step: Step): number {
  return trail[step];
}

/** True while the program works and must be asked again. */
export function isMoving(attempt: AttemptView | undefined): boolean {
  return attempt !== undefined && ['discovering', 'opening', 'waiting', 'token', 'proving', 'storing'].includes(attempt.phase);
}
