import { Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { NavItem } from '../../backend/types';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Modal } from '../../ui/Modal';
import type { ItemKind } from '../shellState';
import { kinds, rename as texts } from '../texts';

/** Gives an item another name. Enter saves, Esc leaves it. */
export function RenameDialog({ kind, item, close }: { kind: ItemKind; item: NavItem; close: () => void }) {
  const [name, setName] = useState(item.name);
  const client = useQueryClient();
  const label = useId();
  const save = useMutation({
    mutationFn: () => shell.rename(kind, item.id, name.trim()),
    onSuccess: () => {
      void client.invalidateQueries();
      close();
    },
  });
  return (
    <Modal titleId={label} width={440} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <DialogHead id={label} title={texts.title(kinds[kind].one)} close={close} />
        <DialogBody>
          <Input value={name} onChange={(_, data) => setName(data.value)} aria-label={texts.label} maxLength={120} style={{ width: '100%' }} data-first-focus />
          {save.isError && <FieldFault>{faultOf(save.error).message}</FieldFault>}
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!name.trim() || save.isPending}>
            {texts.save}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}
