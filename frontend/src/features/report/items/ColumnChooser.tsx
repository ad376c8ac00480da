// Which columns a list shows: all that there are, with a search.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { ColumnEdit20Regular } from '@fluentui/react-icons/svg/column-edit';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useState } from 'react';
import type { ItemsColumn } from '../../../backend/types';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import styles from './ItemsPane.module.css';
import { texts } from './texts';

interface ColumnChooserProps {
  all: readonly ItemsColumn[];
  /** Names, in the order they are shown. */
  shown: readonly string[];
  brief: boolean;
  choose: (columns: string[]) => void;
}

export function ColumnChooser({ all, shown, brief, choose }: ColumnChooserProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const found = all.filter((c) => c.name.toLocaleLowerCase().includes(wanted));
  return (
    <Popover trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button look="subtle" icon={<ColumnEdit20Regular />} disabled={all.length === 0} aria-label={texts.columns}>
          {brief ? undefined : texts.columns}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.chooser} aria-label={texts.columns}>
        <label className={styles.search}>
          <Search16Regular aria-hidden="true" />
          <input value={search} placeholder={texts.columnSearch} aria-label={texts.columnSearch} onChange={(e) => setSearch(e.target.value)} />
        </label>
        <ul>
          {found.map((c) => (
            <li key={c.name}>
              <CheckBox
                checked={shown.includes(c.name)}
                disabled={shown.length === 1 && shown.includes(c.name)}
                change={(on) => choose(on ? [...shown, c.name] : shown.filter((name) => name !== c.name))}
              >
                {c.name}
              </CheckBox>
            </li>
          ))}
          {found.length === 0 && <li className={styles.quiet}>{texts.noMatch}</li>}
        </ul>
        <Button look="link" onClick={() => choose([])}>
          {texts.usualColumns}
        </Button>
      </PopoverSurface>
    </Popover>
  );
}
