import { Database20Regular } from '@fluentui/react-icons/svg/database';
import { hasEnded } from '../../backend/signingIn';
import type { AccountConnection } from '../../backend/types';
import { href } from '../../ui/navigation';
import styles from './AccountMenu.module.css';
import { texts } from './texts';

/** A connection and as whom it comes; opens its dataset. */
export function ConnectionRow({ connection, address, close }: { connection: AccountConnection; address: string; close: () => void }) {
  const { state } = connection;
  const loud = hasEnded(connection) || state === 'expiring';
  return (
    <li>
      <a className={styles.connection} href={href({ screen: 'dataset', id: connection.datasetId })} onClick={close}>
        <Database20Regular aria-hidden="true" />
        <span className={styles.what}>
          <b>{connection.name}</b>
          <span>
            {address ? texts.as(address) : texts.noAccount}
            <span className={loud ? styles.loud : 'sl-unseen'}>, {texts.states[state]}</span>
          </span>
        </span>
        <i className={loud ? styles.waits : styles.works} aria-hidden="true" />
      </a>
    </li>
  );
}
