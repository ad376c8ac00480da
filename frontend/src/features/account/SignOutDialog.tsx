// Signing out: what it forgets, what it leaves, what it cannot end, said before; what it did, said after.
import { SignOut24Regular } from '@fluentui/react-icons/svg/sign-out';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { accounts as calls } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { AccountView, SignOutPlan, SignOutReport } from '../../backend/types';
import { plural } from '../../format/numbers';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Modal } from '../../ui/Modal';
import { Ring } from '../../ui/Ring';
import { DatasetChoice } from './DatasetChoice';
import styles from './SignOutDialog.module.css';
import { signOut as texts } from './texts';

export function SignOutDialog({ account, close }: { account: AccountView; close: () => void }) {
  const titleId = useId();
  const client = useQueryClient();
  const plan = useQuery({ queryKey: ['signOutPlan', account.key], queryFn: () => calls.signOutPlan(account.key), staleTime: 0, gcTime: 0 });
  const leave = useMutation({
    mutationFn: (datasets: string[]) => calls.signOut(account.key, datasets),
    onSuccess: (report) => client.setQueryData(['accounts'], report.accounts),
    onSettled: () => client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'signOutPlan' }),
  });
  const report = leave.data;
  const title = report ? (report.faults.length > 0 ? texts.partTitle : texts.doneTitle) : texts.title;
  return (
    <Modal titleId={titleId} width={520} alert step={report ? 'done' : plan.data ? 'asked' : 'asking'} close={close}>
      <DialogHead id={titleId} title={title(account.name)} subtitle={account.address} icon={<SignOut24Regular />} close={close} />
      {report ? (
        <Done report={report} page={plan.data?.page ?? ''} close={close} />
      ) : plan.data ? (
        <Plan plan={plan.data} busy={leave.isPending} refused={leave.error} confirm={leave.mutate} close={close} />
      ) : (
        <DialogBody>{plan.isError ? <FieldFault>{faultOf(plan.error).message}</FieldFault> : <Ring label={texts.working} />}</DialogBody>
      )}
    </Modal>
  );
}

interface PlanProps {
  plan: SignOutPlan;
  busy: boolean;
  refused: unknown;
  confirm: (datasets: string[]) => void;
  close: () => void;
}

function Plan({ plan, busy, refused, confirm, close }: PlanProps) {
  const [doomed, setDoomed] = useState<readonly string[]>([]);
  return (
    <>
      <DialogBody>
        <div className={styles.parts}>
          <Sentences title={texts.forgets} of={plan.forgets} />
          {plan.datasets.length === 0 ? <p className={styles.quiet}>{texts.nothing}</p> : <DatasetChoice datasets={plan.datasets} doomed={doomed} change={setDoomed} />}
          <Remains of={plan.remains} page={plan.page} />
          {refused !== null && <FieldFault>{faultOf(refused).message}</FieldFault>}
        </div>
      </DialogBody>
      <DialogFoot>
        <Button onClick={close}>{texts.cancel}</Button>
        <Button look={doomed.length > 0 ? 'danger' : 'primary'} data-first-focus disabled={busy} onClick={() => confirm([...doomed])}>
          {doomed.length > 0 ? texts.confirmDelete(plural(doomed.length, texts.dataset)) : texts.confirm}
        </Button>
      </DialogFoot>
    </>
  );
}

function Done({ report, page, close }: { report: SignOutReport; page: string; close: () => void }) {
  return (
    <>
      <DialogBody>
        <div className={styles.parts} role="status">
          {report.faults.map((fault) => (
            <FieldFault key={fault.message}>{[fault.message, fault.hint].filter(Boolean).join(' ')}</FieldFault>
          ))}
          <Sentences title={texts.deleted} of={report.deleted} />
          {report.deleted.length === 0 && <p className={styles.quiet}>{texts.kept}</p>}
          <Remains of={report.remains} page={page} />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button look="primary" data-first-focus onClick={close}>
          {texts.close}
        </Button>
      </DialogFoot>
    </>
  );
}

function Sentences({ title, of }: { title: string; of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles.sentences}>
        {of.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

// Its address is shown and copied: the program opens no page of a directory by itself.
function Remains({ of, page }: { of: readonly string[]; page: string }) {
  if (of.length === 0) return null;
  return (
    <div className={styles.remains}>
      <Sentences title={texts.remains} of={of} />
      {page && (
        <div className={styles.page}>
          <span>{texts.page}</span>
          <code>{page}</code>
          <CopyButton text={page} label={texts.copy} copied={texts.copied} />
        </div>
      )}
    </div>
  );
}
