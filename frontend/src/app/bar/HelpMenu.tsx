import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { BookOpen20Regular } from '@fluentui/react-icons/svg/book-open';
import { Info20Regular } from '@fluentui/react-icons/svg/info';
import { Keyboard20Regular } from '@fluentui/react-icons/svg/keyboard';
import { QuestionCircle20Regular } from '@fluentui/react-icons/svg/question-circle';
import { useId, useState } from 'react';
import { Button } from '../../ui/Button';
import { DialogBody, DialogFoot, DialogHead } from '../../ui/DialogParts';
import { Facts } from '../../ui/Facts';
import { Mark } from '../../ui/Mark';
import { Modal } from '../../ui/Modal';
import { navigate } from '../../ui/navigation';
import { about, bar as texts, keys } from '../texts';
import styles from './HelpMenu.module.css';

/** Help: the keys that work, and what this program is. */
export function HelpMenu({ version }: { version: string }) {
  const [shown, setShown] = useState<'keys' | 'about' | null>(null);
  const close = () => setShown(null);
  return (
    <>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" icon={<QuestionCircle20Regular />} aria-label={texts.help} title={texts.help} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<Keyboard20Regular />} onClick={() => setShown('keys')}>
              {texts.keys}
            </MenuItem>
            <MenuItem icon={<BookOpen20Regular />} onClick={() => navigate({ screen: 'registration' })}>
              {texts.registrationGuide}
            </MenuItem>
            <MenuItem icon={<Info20Regular />} onClick={() => setShown('about')}>
              {texts.about}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {shown === 'keys' && <KeysDialog close={close} />}
      {shown === 'about' && <AboutDialog version={version} close={close} />}
    </>
  );
}

function KeysDialog({ close }: { close: () => void }) {
  const id = useId();
  const rows = keys.rows.map(([key, what]) => ({ name: key, value: what }));
  return (
    <Modal titleId={id} width={520} close={close}>
      <DialogHead id={id} title={keys.title} close={close} />
      <DialogBody>
        <Facts rows={rows} nameWidth={120} />
      </DialogBody>
      <DialogFoot>
        <Button look="primary" data-first-focus onClick={close}>
          {keys.close}
        </Button>
      </DialogFoot>
    </Modal>
  );
}

function AboutDialog({ version, close }: { version: string; close: () => void }) {
  const id = useId();
  return (
    <Modal titleId={id} width={480} close={close}>
      <DialogHead id={id} title={texts.product} subtitle={about.version(version)} icon={<Mark size={28} />} close={close} />
      <DialogBody>
        <div className={styles.about}>
          {about.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p className="sl-caption sl-muted">{about.licence}</p>
          <p className="sl-caption sl-muted">{about.trademark}</p>
        </div>
      </DialogBody>
      <DialogFoot>
        <Button look="primary" data-first-focus onClick={close}>
          {about.close}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
