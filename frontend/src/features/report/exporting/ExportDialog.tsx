// Asks how the data of a visual is written, says how much it is, and writes it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { exports as files } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { ExportRequest, PageState } from '../../../backend/types';
import { number } from '../../../format/numbers';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../../ui/DialogParts';
import { downloadFrom } from '../../../ui/download';
import field from '../../../ui/Field.module.css';
import { Modal } from '../../../ui/Modal';
import { Segments } from '../../../ui/Segments';
import styles from './ExportDialog.module.css';
import { texts } from './texts';

export interface ExportDialogProps {
  reportId: string;
  pageId: string;
  visualId: string;
  /** As the page is read now. */
  state: PageState;
  /** Of the visual. */
  title: string;
  say: (text: string, tone?: 'plain' | 'danger') => void;
  close: () => void;
}

export function ExportDialog({ reportId, pageId, visualId, state, title, say, close }: ExportDialogProps) {
  const id = useId();
  const [what, setWhat] = useState<ExportRequest['what']>('summarized');
  const [format, setFormat] = useState<ExportRequest['format']>('xlsx');
  const [mark, setMark] = useState(true);
  const request: ExportRequest = { reportId, pageId, visualId, state, format, what, columns: [], mark: mark && format === 'csv' };
  const plan = useQuery({ queryKey: ['export', request], queryFn: () => files.plan(request), gcTime: 0 });
  const save = useMutation({
    mutationFn: () => files.save(request),
    onSuccess: (saved) => {
      close();
      if (saved.download && saved.link) {
        downloadFrom(saved.link);
        say(texts.offered(plan.data?.name ?? title));
      } else if (!saved.canceled) say(texts.saved(saved.path));
    },
  });
  const refused = save.error ?? plan.error;
  return (
    <Modal titleId={id} width={460} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (plan.data) save.mutate();
        }}
      >
        <DialogHead id={id} title={texts.title} subtitle={title} close={close} />
        <DialogBody>
          <div className={styles.fields}>
            <div>
              <Segments legend={texts.what} value={what} change={setWhat} options={[{ value: 'summarized', label: texts.summarized }, { value: 'underlying', label: texts.underlying }]} />
              <p className={field.hint}>{what === 'summarized' ? texts.summarizedHint : texts.underlyingHint}</p>
            </div>
            <Segments legend={texts.format} value={format} change={setFormat} options={[{ value: 'xlsx', label: texts.xlsx }, { value: 'csv', label: texts.csv }]} />
            {format === 'csv' && (
              <div>
                <CheckBox checked={mark} change={setMark} describedBy={`${id}-mark`}>
                  {texts.mark}
                </CheckBox>
                <p id={`${id}-mark`} className={field.hint}>
                  {texts.markHint}
                </p>
              </div>
            )}
            {refused ? (
              <FieldFault>{`${faultOf(refused).message} ${faultOf(refused).hint}`.trim()}</FieldFault>
            ) : (
              <output className={styles.plan}>
                {plan.data ? texts.rows(plan.data.rows, number(plan.data.rows), plan.data.name) : texts.counting}
                {plan.data?.warning && <span className={styles.warning}>{plan.data.warning}</span>}
              </output>
            )}
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!plan.data || save.isPending}>
            {save.isPending ? texts.exporting : texts.export}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}
