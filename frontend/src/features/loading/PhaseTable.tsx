import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle20Regular } from '@fluentui/react-icons/svg/circle';
import { PauseCircle20Regular } from '@fluentui/react-icons/svg/pause-circle';
import { Timer20Regular } from '@fluentui/react-icons/svg/timer';
import { Warning20Filled } from '@fluentui/react-icons/svg/warning';
import type { PhaseView } from '../../backend/types';
import { ProgressLine } from '../../ui/ProgressLine';
import { Ring } from '../../ui/Ring';
import styles from './LoadingScreen.module.css';
import { texts } from './texts';
import { phaseRow, type PhaseRow } from './view';

/** The steps of a load, in their order. `moving` is false while it is paused or over. */
export function PhaseTable({ phases, moving }: { phases: readonly PhaseView[]; moving: boolean }) {
  return (
    <table className={styles.phases} aria-label={texts.table}>
      <colgroup>
        <col className={styles.markCol} />
        <col className={styles.nameCol} />
        <col className={styles.amountCol} />
        <col />
        <col className={styles.rateCol} />
        <col className={styles.timeCol} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="sl-unseen">{texts.state}</span>
          </th>
          <th scope="col">{texts.step}</th>
          <th scope="col" className={`${styles.right} ${styles.amount}`}>
            {texts.amount}
          </th>
          <th scope="col">
            <span className="sl-unseen">{texts.progress}</span>
          </th>
          <th scope="col" className={`${styles.right} ${styles.rate}`}>
            {texts.rate}
          </th>
          <th scope="col" className={styles.right}>
            {texts.time}
          </th>
        </tr>
      </thead>
      <tbody>
        {phases.map((phase) => (
          <Row key={phase.phase} row={phaseRow(phase, moving)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: PhaseRow }) {
  const held = row.state === 'waiting' || row.state === 'failed';
  const tone = row.state === 'finished' ? 'ok' : held ? 'warning' : 'brand';
  return (
    <tr className={row.state === 'notStarted' ? styles.todo : held ? styles.held : undefined}>
      <td className={styles.mark}>
        <StateIcon state={row.state} />
      </td>
      <th scope="row">{row.name}</th>
      <td className={`${styles.right} ${styles.amount}`}>{row.amount}</td>
      <td className={styles.bar}>
        <ProgressLine value={row.share} label={row.name} tone={tone} />
      </td>
      <td className={`${styles.right} ${styles.rate}`}>{row.rate}</td>
      <td className={`${styles.right} ${styles.time}`}>{row.time}</td>
    </tr>
  );
}

function StateIcon({ state }: { state: PhaseRow['state'] }) {
  const label = texts.states[state];
  switch (state) {
    case 'finished':
      return <CheckmarkCircle20Filled className={styles.finished} aria-label={label} />;
    case 'running':
      return <Ring size={20} label={label} />;
    case 'waiting':
      return <Timer20Regular className={styles.waiting} aria-label={label} />;
    case 'stopped':
      return <PauseCircle20Regular className={styles.later} aria-label={label} />;
    case 'failed':
      return <Warning20Filled className={styles.failed} aria-label={label} />;
    case 'notStarted':
      return <Circle20Regular className={styles.later} aria-label={label} />;
  }
}
