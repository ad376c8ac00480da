// What can be done with the pages of a report: name, move, hide, and see which are absent and why.
import { Menu, MenuDivider, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reports } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { AbsentPage, Page, PageArrangement } from '../../backend/types';
import { navigate } from '../../ui/navigation';
import { AbsentPagesDialog, PageNameDialog } from './PageDialogs';
import { canHide, canMove, hidden, instead, moved, renamed } from './pageOrder';
import styles from './PageTabs.module.css';
import { texts } from './texts';

interface PageTabsMenuProps {
  reportId: string;
  pages: readonly Page[];
  /** Those that have a tab now. */
  tabs: readonly Page[];
  absent: readonly AbsentPage[];
  open: string;
  showHidden: boolean;
  onShowHidden: (show: boolean) => void;
}

export function PageTabsMenu({ reportId, pages, tabs, absent, open, showHidden, onShowHidden }: PageTabsMenuProps) {
  const [asks, setAsks] = useState<'' | 'name' | 'absent'>('');
  const client = useQueryClient();
  const page = pages.find((p) => p.id === open);
  const arrange = useMutation({
    mutationFn: (list: PageArrangement[]) => reports.arrange(reportId, list),
    onSuccess: (view) => {
      client.setQueryData(['report', reportId], view);
      setAsks('');
    },
  });
  const hide = () => {
    const to = instead(pages, open);
    arrange.mutate(hidden(pages, open, true), { onSuccess: () => to && !showHidden && navigate({ screen: 'report', id: reportId, pageId: to }) });
  };
  return (
    <>
      <Menu checkedValues={{ shown: showHidden ? ['hidden'] : [] }} onCheckedValueChange={(_, d) => onShowHidden(d.checkedItems.includes('hidden'))} positioning="above-end">
        <MenuTrigger disableButtonEnhancement>
          <button type="button" className={styles.arrow} aria-label={texts.pageMenu} title={texts.pageMenu}>
            <MoreHorizontal16Regular />
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList aria-label={texts.pageMenu}>
            <MenuItem disabled={!page} onClick={() => setAsks('name')}>{texts.renamePage}</MenuItem>
            <MenuItem disabled={!canMove(tabs, open, -1)} onClick={() => arrange.mutate(moved(pages, tabs, open, -1))}>{texts.movePageLeft}</MenuItem>
            <MenuItem disabled={!canMove(tabs, open, 1)} onClick={() => arrange.mutate(moved(pages, tabs, open, 1))}>{texts.movePageRight}</MenuItem>
            {page?.hidden ? (
              <MenuItem onClick={() => arrange.mutate(hidden(pages, open, false))}>{texts.unhidePage}</MenuItem>
            ) : (
              <MenuItem disabled={!page || !canHide(pages, open)} onClick={hide}>{texts.hidePage}</MenuItem>
            )}
            <MenuDivider />
            <MenuItemCheckbox name="shown" value="hidden" disabled={!pages.some((p) => p.hidden)}>{texts.showHiddenPages}</MenuItemCheckbox>
            <MenuItem disabled={absent.length === 0} onClick={() => setAsks('absent')}>{texts.absentPages(absent.length)}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {arrange.isError && asks === '' && <span role="alert" className={styles.refused}>{faultOf(arrange.error).message}</span>}
      {asks === 'name' && page && (
        <PageNameDialog
          name={page.name}
          refused={arrange.isError ? faultOf(arrange.error).message : ''}
          busy={arrange.isPending}
          save={(name) => arrange.mutate(renamed(pages, open, name))}
          close={() => setAsks('')}
        />
      )}
      {asks === 'absent' && <AbsentPagesDialog pages={absent} close={() => setAsks('')} />}
    </>
  );
}
