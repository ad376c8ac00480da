import type { Content, DatasetView } from '../../backend/types';
import { connection as texts, contentNames } from './texts';

const all = Object.keys(contentNames) as Content[];

/** What of the projects is loaded; a dataset that names nothing loads everything. */
export function contentsOf(d: DatasetView): readonly Content[] {
  return d.contents.length > 0 ? d.contents : all;
}

const defaultMonths = 24;

/** "Work items, Git; back 2 years", "Everything; back 2 years". Work items alone are always whole. */
export function contentWords(d: DatasetView): string {
  const contents = contentsOf(d);
  const names = contents.length === all.length ? texts.everything : contents.map((c) => contentNames[c] ?? c).join(', ');
  return contents.every((c) => c === 'workItems') ? names : `${names}; ${texts.back(d.historyMonths || defaultMonths)}`;
}
