// The dialogs of the page tabs: a page's name, and the pages that are absent.
import { Input } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { AbsentPage } from '../../backend/types';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import { Modal } from '../../ui/Modal';
import styles from './PageTabs.module.css';
import { texts } from './texts';

interface PageNameDialogProps {
  name: string;
  /** Why the last name was refused. */
  refused: string;
  busy: boolean;
  save: (name: string) => void;
  close: () => void;
}

/** Gives a page another name. Enter saves, Esc leaves it. */
export function PageNameDialog({ name: before, refused, busy, save, close }: PageNameDialogProps) {
  const [name, setName] = useState(before);
  const label = useId();
  return (
    <Modal titleId={label} width={440} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) save(name);
        }}
      >
        <DialogHead id={label} title={texts.renamePage} close={close} />
        <DialogBody>
          <Input value={name} onChange={(_, data) => setName(data.value)} aria-label={texts.pageName} maxLength={60} style={{ width: '100%' }} data-first-focus />
          {refused && <FieldFault>{refused}</FieldFault>}
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!name.trim() || busy}>
            {texts.saveName}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}

/** The pages that the dataset has no data for, and why. */
export function AbsentPagesDialog({ pages, close }: { pages: readonly AbsentPage[]; close: () => void }) {
  const label = useId();
  return (
    <Modal titleId={label} width={520} close={close}>
      <DialogHead id={label} title={texts.absentPages(pages.length)} close={close} />
      <DialogBody>
        <dl className={styles.absent}>
          {pages.map((p) => (
            <div key={p.id}>
              <dt>{p.name}</dt>
              <dd>{p.why}</dd>
            </div>
          ))}
        </dl>
      </DialogBody>
      <DialogFoot>
        <Button look="primary" onClick={close} data-first-focus>
          {texts.closeDialog}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
