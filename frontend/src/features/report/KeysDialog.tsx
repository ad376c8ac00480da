// The list of keys, opened by Shift+?.
import { useId } from 'react';
import { DialogBody, DialogFoot, DialogHead } from '../../ui/DialogParts';
import { Button } from '../../ui/Button';
import { Modal } from '../../ui/Modal';
import styles from './KeysDialog.module.css';
import { texts } from './texts';

export function KeysDialog({ close }: { close: () => void }) {
  const title = useId();
  return (
    <Modal titleId={title} width={640} close={close}>
      <DialogHead id={title} title={texts.keys} close={close} />
      <DialogBody>
        <div className={styles.groups}>
          {texts.keyList.map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map(([keys = '', does = '']) => (
                  <div key={keys}>
                    <dt>
                      <kbd>{keys}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogBody>
      <DialogFoot>
        <Button look="primary" data-first-focus onClick={close}>
          {texts.close}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
