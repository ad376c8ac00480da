// The page of a row in Azure DevOps.
import type { Cell, ItemKey, ItemsColumn } from '../../../backend/types';
import { workItemUrl } from '../workItemLink';
import { memberAt } from './itemColumns';

/** What the address of a row needs beside its key, by table; these columns are asked for along with those that are shown. */
export const linkColumns: Record<string, readonly string[]> = {
  'Pull requests': ['Project', 'Repository'],
  'Pipeline runs': ['Project'],
  Commits: ['Project', 'Repository'],
  Changesets: ['Project'],
  'Test runs': ['Project'],
};

/** '' when Azure DevOps has no page that can be told from what is listed. `base` is the organization's address. */
export function itemUrl(base: string, table: string, key: ItemKey, columns: readonly ItemsColumn[], row: readonly Cell[]): string {
  if (table === 'Work items') return workItemUrl(base, Number(key));
  const text = (name: string): string => {
    const at = columns.findIndex((c) => c.name === name);
    const column = columns[at];
    if (!column) return '';
    const member = memberAt(column, row[at]);
    const value = member ? member.value : row[at];
    return typeof value === 'string' ? value : '';
  };
  const parts = (linkColumns[table] ?? []).map(text);
  if (parts.length === 0 || parts.includes('')) return '';
  const [project = '', repository = ''] = parts.map(encodeURIComponent);
  const at = `${base.replace(/\/+$/, '')}/${project}`;
  const id = encodeURIComponent(String(key));
  switch (table) {
    case 'Pull requests':
      return `${at}/_git/${repository}/pullrequest/${id}`;
    case 'Commits':
      return `${at}/_git/${repository}/commit/${id}`;
    case 'Pipeline runs':
      return `${at}/_build/results?buildId=${id}`;
    case 'Changesets':
      return `${at}/_versionControl/changeset/${id}`;
    default:
      return `${at}/_testManagement/runs?runId=${id}`;
  }
}
