import { Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Power20Regular } from '@fluentui/react-icons/svg/power';
import { Settings20Regular } from '@fluentui/react-icons/svg/settings';
import { shell } from '../../backend/api';
import type { Face, Theme } from '../../backend/types';
import { Button } from '../../ui/Button';
import { navigate } from '../../ui/navigation';
import { useThemeChange } from '../shellState';
import { bar as texts } from '../texts';

const choices: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme at hand, the way to all choices that a person makes once, and the end. */
export function SettingsMenu({ theme, face }: { theme: Theme; face: Face }) {
  const change = useThemeChange();
  return (
    <Menu
      checkedValues={{ theme: [theme] }}
      onCheckedValueChange={(_, data) => {
        const chosen = choices.find((c) => c === data.checkedItems[0]);
        if (chosen) change.mutate(chosen);
      }}
      positioning="below-end"
    >
      <MenuTrigger disableButtonEnhancement>
        <Button look="subtle" icon={<Settings20Regular />} aria-label={texts.settings} title={texts.settings} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{texts.theme}</MenuGroupHeader>
            {choices.map((choice) => (
              <MenuItemRadio key={choice} name="theme" value={choice}>
                {texts.themes[choice]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<Settings20Regular />} onClick={() => navigate({ screen: 'settings' })}>
            {texts.allSettings}
          </MenuItem>
          {face === 'window' && (
            <MenuItem icon={<Power20Regular />} onClick={() => void shell.quit()}>
              {texts.quit}
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
