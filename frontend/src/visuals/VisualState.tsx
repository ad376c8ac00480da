// What stands in a visual's place when there is nothing to draw.
import { DocumentError20Regular } from '@fluentui/react-icons/svg/document-error';
import type { Fault } from '../backend/types';
import { blank } from '../format/values';
import styles from './VisualState.module.css';

/** No rows: said plainly, with the reason. */
export function EmptyVisual({ reason = 'No rows match the filters' }: { reason?: string }) {
  return (
    <div className={styles.state}>
      <b>{blank}</b>
      <span>{reason}</span>
    </div>
  );
}

/** A refusal that belongs to this visual alone. */
export function RefusedVisual({ fault }: { fault: Fault }) {
  return (
    <div className={styles.state} role="alert">
      <DocumentError20Regular aria-hidden="true" />
      <span className={styles.message}>{fault.message}</span>
      {fault.hint && <span>{fault.hint}</span>}
    </div>
  );
}
