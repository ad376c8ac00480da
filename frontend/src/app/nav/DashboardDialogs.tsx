// A new dashboard, and the question before one goes.
import { Input, Select } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { dashboards } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { NavItem } from '../../backend/types';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import field from '../../ui/Field.module.css';
import { Modal } from '../../ui/Modal';
import { navigate, parseRoute } from '../../ui/navigation';
import { shellKey } from '../shellState';
import { make as makeTexts, removeDashboard as removeTexts } from '../texts';

export type DashboardAsked = { what: 'new' } | { what: 'delete'; item: NavItem };

export function DashboardDialogs({ asked, datasets, close }: { asked: DashboardAsked; datasets: readonly NavItem[]; close: () => void }) {
  return asked.what === 'new' ? <NewDashboardDialog datasets={datasets} close={close} /> : <DeleteDashboardDialog item={asked.item} close={close} />;
}

function NewDashboardDialog({ datasets, close }: { datasets: readonly NavItem[]; close: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [datasetId, setDatasetId] = useState(datasets[0]?.id ?? '');
  const make = useMutation({
    mutationFn: () => dashboards.make(datasetId, name.trim()),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: shellKey });
      close();
      navigate({ screen: 'dashboard', id: made.dashboardId });
    },
  });
  return (
    <Modal titleId={id} width={440} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) make.mutate();
        }}
      >
        <DialogHead id={id} title={makeTexts.title} close={close} />
        <DialogBody>
          <label className={field.label} htmlFor={`${id}-name`}>
            {makeTexts.name}
          </label>
          <Input id={`${id}-name`} value={name} maxLength={120} style={{ width: '100%' }} data-first-focus onChange={(_, d) => setName(d.value)} />
          <label className={field.label} htmlFor={`${id}-dataset`} style={{ marginTop: 16 }}>
            {makeTexts.dataset}
          </label>
          <Select id={`${id}-dataset`} value={datasetId} onChange={(_, d) => setDatasetId(d.value)}>
            {datasets.map((d) => (
              <option key={d.id} value={d.id}>
                {d.name}
              </option>
            ))}
          </Select>
          {make.isError && <FieldFault>{faultOf(make.error).message}</FieldFault>}
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{makeTexts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!name.trim() || make.isPending}>
            {makeTexts.create}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}

function DeleteDashboardDialog({ item, close }: { item: NavItem; close: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => dashboards.remove(item.id),
    onSuccess: async () => {
      close();
      const route = parseRoute(window.location.hash);
      if (route.screen === 'dashboard' && route.id === item.id) navigate({ screen: 'home' }, { replace: true });
      await client.invalidateQueries({ queryKey: shellKey });
    },
  });
  return (
    <Modal alert titleId={id} width={460} close={close}>
      <DialogHead id={id} title={removeTexts.title(item.name)} close={close} />
      <DialogBody>
        <p>{removeTexts.lead}</p>
        <p className={field.hint}>{removeTexts.stays}</p>
        {remove.isError && <FieldFault>{faultOf(remove.error).message}</FieldFault>}
      </DialogBody>
      <DialogFoot>
        <Button data-first-focus onClick={close}>
          {removeTexts.cancel}
        </Button>
        <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {removeTexts.confirm}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
