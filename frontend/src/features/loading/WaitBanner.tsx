import { Timer20Regular } from '@fluentui/react-icons/svg/timer';
import { useState } from 'react';
import type { ProgressView } from '../../backend/types';
import { duration } from '../../format/durations';
import { ProgressLine } from '../../ui/ProgressLine';
import { useNow } from '../../ui/useNow';
import styles from './LoadingScreen.module.css';
import { texts } from './texts';
import { waitLeft } from './view';

/** The server asked to wait: how long still, why, and that nothing is lost. */
export function WaitBanner({ p, toldAt }: { p: ProgressView; toldAt: number }) {
  const now = useNow(250);
  const left = waitLeft(p, toldAt, Math.max(now, toldAt));
  // The longest time seen is the whole of this wait: the program tells only what is left of it.
  const [whole, setWhole] = useState(left);
  if (left > whole) setWhole(left);
  return (
    <div className={styles.wait} role="status">
      <Timer20Regular aria-hidden="true" />
      <p>
        <b className="sl-num">{texts.waiting(duration(Math.ceil(left)))}</b> {p.waitWhy || texts.waitDefault} {texts.waitNote}
      </p>
      <div className={styles.waitLine}>
        <ProgressLine value={whole > 0 ? 1 - left / whole : 0} label={texts.waitLine} tone="warning" />
      </div>
    </div>
  );
}
