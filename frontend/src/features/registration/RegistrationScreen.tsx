// How Sightline is registered in a directory: what to click, drawn; what to tick; what to send to an administrator.
import { useQuery } from '@tanstack/react-query';
import { getData } from '../../backend/api';
import { CopyButton } from '../../ui/CopyButton';
import { href } from '../../ui/navigation';
import { consentLink } from './consentLink';
import styles from './RegistrationScreen.module.css';
import { Sketch } from './Sketch';
import { permissions, steps, texts } from './texts';

export function RegistrationScreen() {
  const { data } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });
  return (
    <div className={styles.screen}>
      <header>
        <h1>{texts.title}</h1>
        <p>{texts.lead}</p>
        <p className="sl-muted">{texts.once}</p>
      </header>
      <section aria-label={texts.steps}>
        <h2>{texts.steps}</h2>
        <ol className={styles.steps}>
          {steps.map((step, i) => (
            <li key={step.id} className={styles.step}>
              <div>
                <span>{texts.step(i + 1)}</span>
                <h3>{step.title}</h3>
                <p>{step.text}</p>
              </div>
              <Sketch step={step} />
            </li>
          ))}
        </ol>
      </section>
      <Permissions />
      <Yours clientId={data?.clientId ?? ''} />
      <section className={styles.card} aria-label={texts.instead}>
        <h2>{texts.instead}</h2>
        <p>{texts.insteadNote}</p>
      </section>
    </div>
  );
}

function Permissions() {
  return (
    <section className={styles.card} aria-label={texts.permissions}>
      <h2>{texts.permissions}</h2>
      <p>{texts.permissionsNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.columns.name}</th>
            <th scope="col">{texts.columns.reads}</th>
          </tr>
        </thead>
        <tbody>
          {permissions.map(({ name, reads }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{reads}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{texts.never}</p>
    </section>
  );
}

function Yours({ clientId }: { clientId: string }) {
  const link = consentLink(clientId);
  return (
    <section className={styles.card} aria-label={texts.yours}>
      <h2>{texts.yours}</h2>
      <dl className={styles.yours}>
        <dt>{texts.clientId}</dt>
        <dd>
          {clientId ? <code>{clientId}</code> : texts.noClientId} {clientId ? <CopyButton text={clientId} label={texts.copyId} copied={texts.copied} /> : <a href={href({ screen: 'settings' })}>{texts.settings}</a>}
        </dd>
        <dt>{texts.redirect}</dt>
        <dd>
          <code>http://localhost</code>
        </dd>
        <dt>{texts.resource}</dt>
        <dd>{texts.resourceValue}</dd>
      </dl>
      <h3>{texts.consent}</h3>
      {link ? (
        <>
          <p>{texts.consentNote}</p>
          <div className={styles.link}>
            <code>{link}</code>
            <CopyButton text={link} label={texts.copyLink} copied={texts.copied} />
          </div>
        </>
      ) : (
        <p>{texts.consentNeedsId}</p>
      )}
    </section>
  );
}
