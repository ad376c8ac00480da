import { DataBarVertical24Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Hourglass16Regular } from '@fluentui/react-icons/svg/hourglass';
import type { ProgressView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { navigate } from '../../ui/navigation';
import styles from './LoadingScreen.module.css';
import { texts } from './texts';

/** The way to what can be seen already: the report at the first look, everything at the end. */
export function ReadyCard({ p }: { p: ProgressView }) {
  if (!p.firstLook || !p.reportId) return null;
  const whole = p.state === 'succeeded' || (p.state === 'idle' && !p.fault);
  return (
    <section className={styles.ready}>
      <span className={styles.readyIcon} aria-hidden="true">
        <DataBarVertical24Regular />
      </span>
      <div role="status">
        <h2>{whole ? texts.everything : texts.firstLook}</h2>
        {whole ? <p>{texts.everythingHint}</p> : <FirstLookHint />}
      </div>
      <div className={styles.actions}>
        <Button look={p.state === 'running' ? 'primary' : 'secondary'} onClick={() => navigate({ screen: 'report', id: p.reportId })}>
          {texts.openReport}
        </Button>
        {whole && (
          <Button look="primary" onClick={() => navigate({ screen: 'dashboard', id: p.dashboardId })}>
            {texts.openDashboard}
          </Button>
        )}
      </div>
    </section>
  );
}

function FirstLookHint() {
  return (
    <p>
      {texts.firstLookBefore}{' '}
      <Chip tone="sun" icon={<Hourglass16Regular aria-hidden="true" />}>
        {texts.partial}
      </Chip>{' '}
      {texts.firstLookAfter}
    </p>
  );
}
