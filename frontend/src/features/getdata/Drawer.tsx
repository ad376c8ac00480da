// What a connector reads and makes, and the button that starts it. Its notch points at the card.
import { ArrowUpRight16Regular } from '@fluentui/react-icons/svg/arrow-up-right';
import { Board20Regular } from '@fluentui/react-icons/svg/board';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Database20Regular } from '@fluentui/react-icons/svg/database';
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import { getData } from '../../backend/api';
import { Button } from '../../ui/Button';
import type { Connector } from './connectors';
import styles from './Drawer.module.css';
import { PermissionIcon } from './PermissionIcon';
import { creates, gallery as texts } from './texts';

const icons = { dashboard: Board20Regular, report: DataBarVertical20Regular, dataset: Database20Regular };

export interface DrawerProps {
  connector: Connector;
  /** Position of its card. */
  at: number;
  /** Its dialog is open; when it closes, the focus comes back to the button that opened it. */
  connecting: boolean;
  connect: () => void;
  close: () => void;
}

export function Drawer({ connector, at, connecting, connect, close }: DrawerProps) {
  const title = useId();
  const start = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!connecting) start.current?.focus();
  }, [connecting]);
  return (
    <section className={styles.drawer} style={{ '--at': at } as React.CSSProperties} aria-labelledby={title}>
      <span className={styles.notch} aria-hidden="true" />
      <div className={styles.left}>
        <h2 id={title}>{connector.name}</h2>
        <p>{connector.text}</p>
        <ul className={styles.trio}>
          {creates.map(({ kind, name, text }) => {
            const Icon = icons[kind];
            return (
              <li key={kind}>
                <Icon aria-hidden="true" />
                <span>
                  <b>{name}</b> {text}
                </span>
              </li>
            );
          })}
        </ul>
        <Button ref={start} look="sun" size="large" icon={<ArrowUpRight16Regular />} iconPosition="after" onClick={connect}>
          {texts.connect}
        </Button>
      </div>
      <Reads connector={connector} />
      <Button className={styles.close} look="subtle" icon={<Dismiss20Regular />} aria-label={texts.close} onClick={close} />
    </section>
  );
}

function Reads({ connector }: { connector: Connector }) {
  const { data } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults, enabled: !connector.reads });
  const rows = connector.reads ?? (data?.permissions ?? []).map(briefly);
  return (
    <div className={styles.right}>
      <h3>{texts.reads}</h3>
      {!connector.reads && <p>{texts.readsNote}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.name}>
            <PermissionIcon name={row.name} />
            <span>
              <b>{row.name}</b>
              {row.sentence}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

// The lead says already that it only reads.
function briefly({ name, sentence }: { name: string; sentence: string }) {
  const bare = name.replace(/ \(read\)$/, '');
  return { name: bare, sentence: texts.readsBriefly[bare] ?? sentence };
}
