import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { datasets } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { DatasetView } from '../../backend/types';
import { fileSize } from '../../format/fileSize';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Facts } from '../../ui/Facts';
import { Modal } from '../../ui/Modal';
import { navigate } from '../../ui/navigation';
import { reload as texts } from './texts';

/** Asks before everything is loaded again, and says what that costs. */
export function FullReloadDialog({ d, close }: { d: DatasetView; close: () => void }) {
  const client = useQueryClient();
  const label = useId();
  const reload = useMutation({
    mutationFn: () => datasets.fullReload(d.id),
    onSuccess: (progress) => {
      client.setQueryData(['progress', d.id], progress);
      close();
      navigate({ screen: 'loading', id: d.id });
    },
  });
  const rows = [
    { name: texts.meanwhile, value: texts.meanwhileText },
    { name: texts.lost, value: texts.lostText },
    { name: texts.needs, value: texts.needsText(fileSize(d.bytes)) },
  ];
  const refused = reload.error ? faultOf(reload.error) : null;
  return (
    <Modal titleId={label} width={560} close={close}>
      <DialogHead id={label} title={texts.title} close={close} />
      <DialogBody>
        <p style={{ marginBottom: 8 }}>{texts.lead(d.name)}</p>
        <Facts rows={rows} nameWidth={120} />
        {refused && <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>}
      </DialogBody>
      <DialogFoot>
        <Button onClick={close}>{texts.cancel}</Button>
        <Button look="primary" data-first-focus disabled={reload.isPending} onClick={() => reload.mutate()}>
          {texts.confirm}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
