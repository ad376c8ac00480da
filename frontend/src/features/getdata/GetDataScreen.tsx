// Get Data: where the data comes from. Only sources that work are offered.
import { ArrowUpRight16Regular } from '@fluentui/react-icons/svg/arrow-up-right';
import { Beaker24Regular } from '@fluentui/react-icons/svg/beaker';
import { Cloud24Regular } from '@fluentui/react-icons/svg/cloud';
import { LockClosed16Regular } from '@fluentui/react-icons/svg/lock-closed';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { navigate } from '../../ui/navigation';
import styles from './GetDataScreen.module.css';
import { page as texts } from './texts';

export function GetDataScreen() {
  return (
    <div className={styles.screen}>
      <h1 className="sl-display">{texts.title}</h1>
      <p className={styles.lead}>{texts.lead}</p>
      <div className={styles.halves}>
        <section>
          <h2>{texts.service}</h2>
          <Source {...texts.services} icon={<Cloud24Regular />} first get={() => navigate({ screen: 'services' })} />
        </section>
        <i aria-hidden="true" />
        <section>
          <h2>{texts.computer}</h2>
          <Source {...texts.sample} icon={<Beaker24Regular />} get={() => navigate({ screen: 'services', connector: 'sample', connect: true })} />
        </section>
      </div>
      <p className={styles.foot}>
        <LockClosed16Regular aria-hidden="true" />
        {texts.foot}
      </p>
    </div>
  );
}

function Source(props: { name: string; text: string; icon: ReactNode; first?: boolean; get: () => void }) {
  const { name, text, icon, first, get } = props;
  return (
    <article className={styles.source}>
      <span className={`${styles.icon} ${first ? styles.first : ''}`} aria-hidden="true">
        {icon}
      </span>
      <h3>{name}</h3>
      <p>{text}</p>
      <Button
        look={first ? 'sun' : 'secondary'}
        icon={<ArrowUpRight16Regular />}
        iconPosition="after"
        className={styles.get}
        aria-label={texts.getOf(name)}
        onClick={get}
      >
        {texts.get}
      </Button>
    </article>
  );
}
