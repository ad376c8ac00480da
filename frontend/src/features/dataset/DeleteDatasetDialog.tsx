import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { datasets } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Facts } from '../../ui/Facts';
import { Modal } from '../../ui/Modal';
import { navigate } from '../../ui/navigation';
import { remove as texts } from './texts';

export interface DeleteDatasetDialogProps {
  id: string;
  name: string;
  /** Names of what goes with it. */
  dashboards: readonly string[];
  reports: readonly string[];
  close: () => void;
}

/** Asks before a dataset goes, with the list of everything that goes with it. Enter keeps it. */
export function DeleteDatasetDialog({ id, name, dashboards, reports, close }: DeleteDatasetDialogProps) {
  const client = useQueryClient();
  const label = useId();
  const remove = useMutation({
    mutationFn: () => datasets.remove(id),
    onSuccess: async () => {
      close();
      navigate({ screen: 'home' });
      await client.invalidateQueries({ queryKey: ['shell'] });
    },
  });
  const rows = [
    { name: texts.dataset, value: `${name}: ${texts.datasetFile}` },
    ...dashboards.map((value) => ({ name: texts.dashboard, value })),
    ...reports.map((value) => ({ name: texts.report, value })),
    { name: texts.history, value: texts.historyAll },
  ];
  return (
    <Modal alert titleId={label} width={540} close={close}>
      <DialogHead id={label} title={texts.title(name)} close={close} />
      <DialogBody>
        <p style={{ marginBottom: 8 }}>{texts.lead}</p>
        <Facts rows={rows} nameWidth={120} />
        <p className="sl-caption sl-muted" style={{ marginTop: 10 }}>
          {texts.undo} {texts.signIn}
        </p>
        {remove.isError && <FieldFault>{faultOf(remove.error).message}</FieldFault>}
      </DialogBody>
      <DialogFoot>
        <Button data-first-focus onClick={close}>
          {texts.cancel}
        </Button>
        <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {texts.confirm}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
