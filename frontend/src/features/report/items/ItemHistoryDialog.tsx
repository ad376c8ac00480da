// What happened to one work item, the newest revision first. Texts come from a server and are drawn as text.
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { items } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { HistoryStep } from '../../../backend/types';
import { dayAndClock } from '../../../format/dates';
import { Button } from '../../../ui/Button';
import { DialogBody, DialogFoot, DialogHead } from '../../../ui/DialogParts';
import { Modal } from '../../../ui/Modal';
import { PersonAvatar } from '../../../ui/PersonAvatar';
import { Ring } from '../../../ui/Ring';
import styles from './ItemHistoryDialog.module.css';
import { texts } from './texts';

interface ItemHistoryProps {
  datasetId: string;
  id: number;
  zone: string;
  open: () => void;
  close: () => void;
}

export function ItemHistoryDialog({ datasetId, id, zone, open, close }: ItemHistoryProps) {
  const title = useId();
  const query = useInfiniteQuery({
    queryKey: ['itemHistory', datasetId, id],
    queryFn: ({ pageParam }) => items.history(datasetId, id, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.more ? last.steps.at(-1)?.rev : undefined),
  });
  const first = query.data?.pages[0];
  const steps = query.data?.pages.flatMap((p) => p.steps) ?? [];
  return (
    <Modal titleId={title} width={640} close={close}>
      <DialogHead id={title} title={`${id} ${first?.title ?? ''}`} close={close} />
      <DialogBody>
        {/* A person scrolls it with the keyboard, too. */}
        <section className={styles.content} tabIndex={0} aria-label={texts.historyOf(String(id))}>
          {query.error && <p>{faultOf(query.error).message}</p>}
          {query.isPending && <Ring label={texts.historyOf(String(id))} />}
          <ol className={styles.steps}>
            {steps.map((s) => (
              <Step key={s.rev} step={s} zone={zone} />
            ))}
          </ol>
          {query.hasNextPage && (
            <Button look="link" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {texts.earlier}
            </Button>
          )}
        </section>
      </DialogBody>
      <DialogFoot>
        <Button icon={<Open20Regular />} onClick={open}>
          {texts.open}
        </Button>
        <Button look="primary" onClick={close} data-first-focus>
          {texts.close}
        </Button>
      </DialogFoot>
    </Modal>
  );
}

function Step({ step, zone }: { step: HistoryStep; zone: string }) {
  return (
    <li>
      <header>
        <PersonAvatar name={step.by} address={step.byEmail} size={20} />
        <b>{dayAndClock(step.at, undefined, zone)}</b>
        <span>{texts.by(step.by)}</span>
        <span className={styles.rev}>{texts.revision(step.rev)}</span>
      </header>
      {step.changes.length === 0 ? (
        <p className={styles.none}>{texts.unchanged}</p>
      ) : (
        <dl>
          {step.changes.map((c) => (
            <div key={c.field}>
              <dt>{c.field}</dt>
              <dd>
                {step.rev > 1 && <del>{written(c.field, c.old, zone)}</del>}
                <ins>{written(c.field, c.new, zone)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

// Instants come as RFC 3339; everything else is written as it is stored.
function written(field: string, value: string | undefined, zone: string): string {
  if (!value) return texts.wasEmpty;
  return /date$/i.test(field) && /^\d{4}-\d\d-\d\dT/.test(value) ? dayAndClock(value, undefined, zone) : value;
}
