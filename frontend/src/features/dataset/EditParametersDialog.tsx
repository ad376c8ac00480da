import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { datasets, getData } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { usePatternChecks } from '../../backend/patternChecks';
import type { Content, DatasetView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { ContentChoice } from '../../ui/ContentChoice';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Modal } from '../../ui/Modal';
import { PatternField } from '../../ui/PatternField';
import { addPatterns } from '../../ui/patterns';
import styles from './EditParametersDialog.module.css';
import { contentsOf } from './contents';
import { parameters as texts } from './texts';

export interface EditParametersDialogProps {
  d: DatasetView;
  close: () => void;
  /** Says that it was saved. */
  saved: () => void;
}

/** Which projects, what of them and how far back: the parameters of Get Data, for a dataset that is there. */
export function EditParametersDialog({ d, close, saved }: EditParametersDialogProps) {
  const label = useId();
  const { data: defaults } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });
  const [patterns, setPatterns] = useState({ list: d.patterns, draft: '' });
  const [ticked, setTicked] = useState<readonly Content[]>(contentsOf(d));
  const [months, setMonths] = useState(d.historyMonths);
  const all = addPatterns(patterns.list, patterns.draft);
  const checks = usePatternChecks(all);
  const understood = all.length > 0 && all.every((text) => checks.some((c) => c.ok && c.text === text));
  const save = useSave(d, () => {
    saved();
    close();
  });
  const ready = understood && ticked.length > 0 && !save.isPending;
  const refused = save.error ? faultOf(save.error) : null;
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (ready) save.mutate({ patterns: all, contents: [...ticked], months });
  };
  return (
    <Modal titleId={label} width={680} className={styles.surface} close={close}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <DialogHead id={label} title={texts.title} subtitle={d.url.replace(/^https?:\/\//, '')} close={close} />
        <div className={styles.scroll}>
          <DialogBody>
            <div className={styles.fields}>
              <PatternField focus patterns={patterns.list} draft={patterns.draft} checks={checks} change={(list, draft) => setPatterns({ list, draft })} />
              <ContentChoice
                detailed
                contents={defaults?.contents ?? []}
                historyChoices={defaults?.historyChoices ?? []}
                ticked={ticked}
                months={months}
                change={(next, back) => {
                  setTicked(next);
                  setMonths(back);
                }}
              />
              {refused && <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>}
              <p className={styles.note}>{texts.note}</p>
            </div>
          </DialogBody>
        </div>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!ready}>
            {texts.save}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}

interface Parameters {
  patterns: string[];
  contents: Content[];
  months: number;
}

// Stores what differs, one after the other, because both change the same dataset.
function useSave(d: DatasetView, done: () => void) {
  const client = useQueryClient();
  const keep = (view: DatasetView) => client.setQueryData(['dataset', d.id], view);
  return useMutation({
    mutationFn: async ({ patterns, contents, months }: Parameters) => {
      if (patterns.join('\n') !== d.patterns.join('\n')) keep(await datasets.setPatterns(d.id, patterns));
      if (contents.join() !== contentsOf(d).join() || months !== d.historyMonths) keep(await datasets.setContents(d.id, contents, months));
    },
    onSuccess: done,
    onSettled: () => client.invalidateQueries({ queryKey: ['dataset', d.id] }),
  });
}
