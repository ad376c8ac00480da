// What a person sees before anything was loaded: one primary action, one secondary, three promises.
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { HardDrive20Regular } from '@fluentui/react-icons/svg/hard-drive';
import { WifiOff20Regular } from '@fluentui/react-icons/svg/wifi-off';
import { Button } from '../../ui/Button';
import { navigate } from '../../ui/navigation';
import styles from './FirstRun.module.css';
import { Sketch } from './Sketch';
import { texts } from './texts';

const icons = { disk: HardDrive20Regular, eye: Eye20Regular, offline: WifiOff20Regular };

export function FirstRun() {
  return (
    <div className={styles.screen}>
      <div className={styles.column}>
        <Sketch />
        <h1 className="sl-display">{texts.headline}</h1>
        <p className={styles.lead}>
          {texts.lead.map((line) => (
            <span key={line}>{line} </span>
          ))}
        </p>
        <div className={styles.actions}>
          <Button look="primary" size="large" icon={<ArrowDownload20Regular />} autoFocus onClick={() => navigate({ screen: 'getData' })}>
            {texts.getData}
          </Button>
          <Button size="large" onClick={() => navigate({ screen: 'services', connector: 'sample', connect: true })}>
            {texts.sample}
          </Button>
        </div>
        <ul className={styles.promises}>
          {texts.promises.map((promise) => {
            const Icon = icons[promise.icon];
            return (
              <li key={promise.name}>
                <Icon aria-hidden="true" />
                <b>{promise.name}</b>
                <p>
                  {promise.lines.map((line) => (
                    <span key={line}>{line} </span>
                  ))}
                </p>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
