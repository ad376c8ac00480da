// Asks where a visual or a page of a report is pinned to, and pins it.
import { Input, Select } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { dashboards, shell } from '../backend/api';
import { faultOf } from '../backend/call';
import type { PageState, Pinned, TileSource } from '../backend/types';
import { Button } from '../ui/Button';
import { CheckBox } from '../ui/CheckBox';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../ui/DialogParts';
import field from '../ui/Field.module.css';
import { Modal } from '../ui/Modal';
import { navigate } from '../ui/navigation';
import { Segments } from '../ui/Segments';
import styles from './PinDialog.module.css';
import { texts } from './texts';

export interface PinDialogProps {
  source: TileSource;
  /** As the page is read now. */
  state: PageState;
  /** Of the visual or the page. */
  title: string;
  close: () => void;
}

export function PinDialog({ source, state, title, close }: PinDialogProps) {
  const id = useId();
  const { data } = useQuery({ queryKey: ['shell'], queryFn: shell.state });
  const all = data?.dashboards ?? [];
  const [where, setWhere] = useState<'existing' | 'fresh'>('existing');
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [follow, setFollow] = useState(true);
  const pin = useMutation({ mutationFn: dashboards.pin });
  const fresh = where === 'fresh' || all.length === 0;
  const dashboardId = fresh ? '' : chosen || (all[0]?.id ?? '');
  const ready = fresh ? name.trim() !== '' : dashboardId !== '';
  if (pin.data) return <Done pinned={pin.data} close={close} />;
  return (
    <Modal titleId={id} width={460} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (ready) pin.mutate({ source, state, detached: !follow, dashboardId, name: name.trim() });
        }}
      >
        <DialogHead id={id} title={texts.title} subtitle={title} close={close} />
        <DialogBody>
          <div className={styles.fields}>
            <Segments legend={texts.where} value={fresh ? 'fresh' : 'existing'} change={setWhere} options={[{ value: 'existing', label: texts.existing }, { value: 'fresh', label: texts.fresh }]} />
            {fresh ? (
              <Input aria-label={texts.name} placeholder={texts.name} value={name} maxLength={120} onChange={(_, d) => setName(d.value)} />
            ) : (
              <Select aria-label={texts.dashboard} value={dashboardId} onChange={(_, d) => setChosen(d.value)}>
                {all.map((d) => (
                  <option key={d.id} value={d.id}>
                    {d.name}
                  </option>
                ))}
              </Select>
            )}
            {source.visualId ? (
              <div>
                <CheckBox checked={follow} change={setFollow} describedBy={`${id}-follow`}>
                  {texts.follow}
                </CheckBox>
                <p id={`${id}-follow`} className={field.hint}>
                  {texts.followHint}
                </p>
              </div>
            ) : (
              <p className={field.hint}>{texts.pageHint}</p>
            )}
            {pin.isError && <FieldFault>{faultOf(pin.error).message}</FieldFault>}
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!ready || pin.isPending}>
            {texts.pin}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}

function Done({ pinned, close }: { pinned: Pinned; close: () => void }) {
  const id = useId();
  return (
    <Modal titleId={id} width={400} step="done" close={close}>
      <DialogHead id={id} title={texts.pinned(pinned.name)} close={close} />
      <DialogFoot>
        <Button onClick={close}>{texts.close}</Button>
        <Button
          look="primary"
          data-first-focus
          onClick={() => {
            close();
            navigate({ screen: 'dashboard', id: pinned.dashboardId });
          }}
        >
          {texts.go}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
