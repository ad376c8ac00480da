import { Board20Filled, Board20Regular } from '@fluentui/react-icons/svg/board';
import { DataBarVertical20Filled, DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Database20Filled, Database20Regular } from '@fluentui/react-icons/svg/database';
import type { ItemKind } from '../shellState';

const icons = {
  dashboard: { rest: Board20Regular, open: Board20Filled },
  report: { rest: DataBarVertical20Regular, open: DataBarVertical20Filled },
  dataset: { rest: Database20Regular, open: Database20Filled },
};

/** The icon of a kind of item; filled where the person is. */
export function KindIcon({ kind, open }: { kind: ItemKind; open?: boolean }) {
  const Icon = open ? icons[kind].open : icons[kind].rest;
  return <Icon aria-hidden="true" />;
}
