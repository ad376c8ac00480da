import { Menu, MenuGroup, MenuGroupHeader, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Settings20Regular } from '@fluentui/react-icons/svg/settings';
import type { Theme } from '../../backend/types';
import { Button } from '../../ui/Button';
import { useThemeChange } from '../shellState';
import { bar as texts } from '../texts';

const choices: readonly Theme[] = ['system', 'light', 'dark'];

/** The choices a person makes once: so far the theme. */
export function SettingsMenu({ theme }: { theme: Theme }) {
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
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
