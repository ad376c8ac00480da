import { useId, useState } from 'react';
import type { AccountConnection } from '../../backend/types';
import { fileSize } from '../../format/fileSize';
import { CheckBox } from '../../ui/CheckBox';
import styles from './SignOutDialog.module.css';
import { signOut as texts } from './texts';

export interface DatasetChoiceProps {
  datasets: readonly AccountConnection[];
  /** Ids of those that are deleted too. */
  doomed: readonly string[];
  change: (doomed: readonly string[]) => void;
}

/** What the account loaded: it stays, unless the person says that it should go, and which of it. */
export function DatasetChoice({ datasets, doomed, change }: DatasetChoiceProps) {
  const note = useId();
  const [also, setAlso] = useState(false);
  const turn = (on: boolean) => {
    setAlso(on);
    change(on ? datasets.map((d) => d.datasetId) : []);
  };
  const tick = (id: string, on: boolean) => change(on ? [...doomed, id] : doomed.filter((other) => other !== id));
  return (
    <section>
      {!also && <h3>{texts.stays}</h3>}
      {!also && (
        <ul className={styles.datasets}>
          {datasets.map((d) => (
            <li key={d.datasetId}>
              <Named dataset={d} />
            </li>
          ))}
        </ul>
      )}
      <CheckBox checked={also} describedBy={note} change={turn}>
        {texts.also}
      </CheckBox>
      {also && (
        <div className={styles.choice}>
          <p id={note} className={styles.quiet}>
            {texts.alsoNote}
          </p>
          <ul className={styles.datasets}>
            {datasets.map((d) => (
              <li key={d.datasetId}>
                <CheckBox checked={doomed.includes(d.datasetId)} change={(on) => tick(d.datasetId, on)}>
                  <Named dataset={d} />
                </CheckBox>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Named({ dataset }: { dataset: AccountConnection }) {
  return (
    <span className={styles.named}>
      <b>{dataset.name}</b> <span className="sl-muted">{[dataset.organization, fileSize(dataset.bytes)].filter(Boolean).join(', ')}</span>
    </span>
  );
}
