// How large the page is drawn, full screen, and the list of keys.
import { Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { FullScreenMaximize20Regular } from '@fluentui/react-icons/svg/full-screen-maximize';
import { Keyboard20Regular } from '@fluentui/react-icons/svg/keyboard';
import { ZoomFit20Regular } from '@fluentui/react-icons/svg/zoom-fit';
import { Button } from '../../ui/Button';
import { fits, type Fit } from './fit';
import { texts } from './texts';

interface ViewMenuProps {
  fit: Fit;
  brief: boolean;
  onFit: (fit: Fit) => void;
  onFullScreen: () => void;
  onKeys: () => void;
}

export function ViewMenu({ fit, brief, onFit, onFullScreen, onKeys }: ViewMenuProps) {
  return (
    <Menu checkedValues={{ fit: [fit] }} positioning={{ position: 'below', align: 'end' }}>
      <MenuTrigger disableButtonEnhancement>
        <Button look="subtle" icon={<ZoomFit20Regular />} aria-label={texts.view}>
          {brief ? undefined : texts.view}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {fits.map((f) => (
            <MenuItemRadio key={f} name="fit" value={f} onClick={() => onFit(f)}>
              {texts.fits[f]}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItem icon={<FullScreenMaximize20Regular />} secondaryContent="F11" onClick={onFullScreen}>
            {texts.fullScreen}
          </MenuItem>
          <MenuItem icon={<Keyboard20Regular />} secondaryContent="Shift+?" onClick={onKeys}>
            {texts.keys}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
