// The buttons of a dashboard's bar: add, edit, undo, view.
import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons/svg/add';
import { ArrowUndo20Regular } from '@fluentui/react-icons/svg/arrow-undo';
import { Checkmark20Regular } from '@fluentui/react-icons/svg/checkmark';
import { Edit20Regular } from '@fluentui/react-icons/svg/edit';
import { FullScreenMaximize20Regular } from '@fluentui/react-icons/svg/full-screen-maximize';
import { Image20Regular } from '@fluentui/react-icons/svg/image';
import { Play20Regular } from '@fluentui/react-icons/svg/play';
import { TextT20Regular } from '@fluentui/react-icons/svg/text-t';
import { Button } from '../../ui/Button';
import { enterFullScreen } from './fullScreen';
import { texts } from './texts';

const intervals = [10, 30, 60, 300];

interface BoardToolsProps {
  editing: boolean;
  onEdit: ((editing: boolean) => void) | null;
  undo: (() => void) | null;
  add: (type: 'text' | 'image') => void;
  brief: boolean;
}

export function BoardTools({ editing, onEdit, undo, add, brief }: BoardToolsProps) {
  const words = (text: string) => (brief ? undefined : text);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" icon={<Add20Regular />} aria-label={texts.addTile}>
            {words(texts.addTile)}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<TextT20Regular />} onClick={() => add('text')}>
              {texts.addText}
            </MenuItem>
            <MenuItem icon={<Image20Regular />} onClick={() => add('image')}>
              {texts.addImage}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {onEdit && (
        <Button look="subtle" icon={editing ? <Checkmark20Regular /> : <Edit20Regular />} aria-label={editing ? texts.done : texts.edit} onClick={() => onEdit(!editing)}>
          {words(editing ? texts.done : texts.edit)}
        </Button>
      )}
      {(editing || undo) && <Button look="subtle" icon={<ArrowUndo20Regular />} disabled={!undo} aria-label={texts.undo} title={`${texts.undo} (Ctrl+Z)`} onClick={() => undo?.()} />}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" icon={<FullScreenMaximize20Regular />} aria-label={texts.view}>
            {words(texts.view)}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<FullScreenMaximize20Regular />} onClick={() => enterFullScreen(0)}>
              {texts.fullScreen}
            </MenuItem>
            <Menu>
              <MenuTrigger disableButtonEnhancement>
                <MenuItem icon={<Play20Regular />}>{texts.cycle}</MenuItem>
              </MenuTrigger>
              <MenuPopover>
                <MenuList>
                  {intervals.map((seconds) => (
                    <MenuItem key={seconds} onClick={() => enterFullScreen(seconds)}>
                      {texts.each(seconds)}
                    </MenuItem>
                  ))}
                </MenuList>
              </MenuPopover>
            </Menu>
          </MenuList>
        </MenuPopover>
      </Menu>
    </>
  );
}
