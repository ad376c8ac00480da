// What Sightline will be able to read, before a browser opens.
import { Eye16Regular } from '@fluentui/react-icons/svg/eye';
import type { Permission } from '../../../backend/types';
import { Chip } from '../../../ui/Chip';
import fieldStyles from '../../../ui/Field.module.css';
import styles from './dialog.module.css';
import { method as texts } from './texts';

/** With a sentence for each. */
export function ReadsInFull({ rows }: { rows: readonly Permission[] }) {
  return (
    <div className={styles.reads}>
      <h3>{texts.reads}</h3>
      <dl>
        {rows.map((permission) => (
          <div key={permission.name}>
            <dt>
              <Eye16Regular aria-hidden="true" />
              {permission.name}
            </dt>
            <dd>{permission.sentence}</dd>
          </div>
        ))}
      </dl>
      <p className={fieldStyles.hint}>{texts.never}</p>
    </div>
  );
}

/** As a row of names. */
export function ReadsInBrief({ rows }: { rows: readonly Permission[] }) {
  return (
    <div className={`${styles.reads} ${styles.chipsRead}`}>
      <h3>{texts.reads}</h3>
      <Names names={rows.map((p) => p.name)} />
      <p className={fieldStyles.hint}>{texts.never}</p>
    </div>
  );
}

/** The scopes a person gives an access token. */
export function Scopes({ names }: { names: readonly string[] }) {
  return (
    <div className={styles.reads}>
      <h3>{texts.tokenScopes}</h3>
      <Names names={names} />
    </div>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <Chip icon={<Eye16Regular aria-hidden="true" />}>{name}</Chip>
        </li>
      ))}
    </ul>
  );
}
