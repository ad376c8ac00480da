import { Button } from './Button';
import { offersOf, type Doing } from './offers';

export interface FaultActionsProps {
  /** As the program names them, the best first. */
  actions: readonly string[];
  can: Doing;
  /** Other words for an action in this place. */
  named?: Readonly<Record<string, string>>;
  busy?: boolean;
  /** Small ones stand in a line of text, where none is the primary of the screen. */
  size?: 'small';
}

/** The buttons of a refusal: the first one solves it, the others may. */
export function FaultActions({ actions, can, named, busy, size }: FaultActionsProps) {
  return (
    <>
      {offersOf(actions, can, named).map(({ action, label, run }, i) => (
        <Button key={action} look={i === 0 && !size ? 'primary' : 'secondary'} size={size} disabled={busy} onClick={run}>
          {label}
        </Button>
      ))}
    </>
  );
}
