import { Button } from './Button';
import { offersOf, type Doing } from './offers';

export interface FaultActionsProps {
  /** As the program names them, the best first. */
  actions: readonly string[];
  can: Doing;
  /** Other words for an action in this place. */
  named?: Readonly<Record<string, string>>;
  busy?: boolean;
}

/** The buttons of a refusal: the first one solves it, the others may. */
export function FaultActions({ actions, can, named, busy }: FaultActionsProps) {
  return (
    <>
      {offersOf(actions, can, named).map(({ action, label, run }, i) => (
        <Button key={action} look={i === 0 ? 'primary' : 'secondary'} disabled={busy} onClick={run}>
          {label}
        </Button>
      ))}
    </>
  );
}
