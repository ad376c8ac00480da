// The bell: how many notices were not seen yet, and the list of the last ones.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { Alert20Regular } from '@fluentui/react-icons/svg/alert';
import { CheckmarkCircle20Regular } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { Timer20Regular } from '@fluentui/react-icons/svg/timer';
import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { events, shell } from '../../backend/api';
import type { NoticeView } from '../../backend/types';
import { dayInWords } from '../../format/dates';
import { number } from '../../format/numbers';
import { sentenceCase } from '../../format/phrases';
import { Button } from '../../ui/Button';
import { href } from '../../ui/navigation';
import { useNow } from '../../ui/useNow';
import { bell as texts } from '../texts';
import styles from './NoticesBell.module.css';

const key = ['notices'];
const none: NoticeView[] = [];
const icons = { refreshed: CheckmarkCircle20Regular, failed: ErrorCircle20Regular, slowed: Timer20Regular, proofGap: Warning20Regular, signIn: Warning20Regular };

export function NoticesBell() {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data: notices = none } = useQuery({ queryKey: key, queryFn: shell.notices });
  const see = useMutation({ mutationFn: shell.seeNotices });
  useEffect(() => events.notice(() => void client.invalidateQueries({ queryKey: key })), [client]);
  const unseen = open ? 0 : notices.filter((n) => !n.seen).length;
  const turn = (next: boolean) => {
    setOpen(next);
    // What is new stays marked while the list is open, and is old the next time.
    if (next) see.mutate();
    else void client.invalidateQueries({ queryKey: key });
  };
  return (
    <Popover positioning={{ position: 'below', align: 'end', offset: 8 }} trapFocus open={open} onOpenChange={(_, data) => turn(data.open)}>
      <PopoverTrigger disableButtonEnhancement>
        <Button
          look="subtle"
          className={styles.bell}
          icon={<Alert20Regular />}
          aria-label={unseen > 0 ? texts.labelNew(number(unseen)) : texts.label}
          title={texts.label}
        >
          {unseen > 0 ? <span className={styles.count}>{unseen > 99 ? '99+' : number(unseen)}</span> : undefined}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={texts.label}>
        <h2 tabIndex={-1}>{texts.label}</h2>
        {notices.length === 0 ? <p className={styles.none}>{texts.none}</p> : <List notices={notices} close={() => turn(false)} />}
      </PopoverSurface>
    </Popover>
  );
}

function List({ notices, close }: { notices: readonly NoticeView[]; close: () => void }) {
  const now = useNow(60_000);
  return (
    <ul className={styles.list} aria-label={texts.label}>
      {notices.map((n) => {
        const Icon = icons[n.kind] ?? icons.refreshed;
        return (
          <li key={n.id}>
            <a href={href({ screen: 'dataset', id: n.datasetId })} className={n.seen ? undefined : styles.fresh} onClick={close}>
              <Icon className={styles[n.kind]} aria-hidden="true" />
              <span>
                <b>
                  {n.title}
                  {!n.seen && <span className="sl-unseen">, {texts.fresh}</span>}
                </b>
                {n.text && <span>{n.text}</span>}
                <em>{sentenceCase(dayInWords(n.at, now))}</em>
              </span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
