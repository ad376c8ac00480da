// What affects the page, in words. Read only: readers change slicers and selections.
import { Tooltip } from '@fluentui/react-components';
import { ChevronDoubleLeft16Regular } from '@fluentui/react-icons/svg/chevron-double-left';
import { ChevronDoubleRight16Regular } from '@fluentui/react-icons/svg/chevron-double-right';
import { Filter20Regular } from '@fluentui/react-icons/svg/filter';
import type { Filter, Page, PageState } from '../../backend/types';
import { Button } from '../../ui/Button';
import styles from './FiltersPane.module.css';
import { joined, restate, type LabelOf } from './restatement';
import { texts } from './texts';

interface FiltersPaneProps {
  page: Page;
  state: PageState;
  labelOf: LabelOf;
  open: boolean;
  onOpen: (open: boolean) => void;
}

export function FiltersPane({ page, state, labelOf, open, onOpen }: FiltersPaneProps) {
  const sliced = page.slicers.flatMap((s): Filter[] => {
    const values = state.slicers?.[s.id] ?? [];
    return values.length > 0 ? [{ field: s.field, values }] : [];
  });
  const picked = state.selection?.filters ?? [];
  const own = page.filters ?? [];
  const count = own.length + sliced.length + picked.length;
  if (!open) {
    return (
      <aside className={styles.folded} aria-label={texts.filters} data-region tabIndex={-1}>
        <Tooltip content={texts.openFilters} relationship="label" positioning="before">
          <Button look="subtle" size="small" icon={<ChevronDoubleLeft16Regular />} onClick={() => onOpen(true)} />
        </Tooltip>
        <span>{texts.filters}</span>
        {count > 0 && <b>{count}</b>}
      </aside>
    );
  }
  return (
    <aside className={styles.pane} aria-label={texts.filters} data-region tabIndex={-1}>
      <div className={styles.head}>
        <Filter20Regular aria-hidden="true" />
        <h2>{texts.filters}</h2>
        <Tooltip content={texts.foldFilters} relationship="label" positioning="before">
          <Button look="subtle" size="small" icon={<ChevronDoubleRight16Regular />} onClick={() => onOpen(false)} />
        </Tooltip>
      </div>
      <Group title={texts.fromSelection} filters={picked} labelOf={labelOf} />
      <Group title={texts.fromSlicers} filters={sliced} labelOf={labelOf} />
      <Group title={texts.onPage} filters={own} labelOf={labelOf} />
      <p className={styles.note}>{count === 0 ? texts.noFilters : texts.readOnly}</p>
    </aside>
  );
}

function Group({ title, filters, labelOf }: { title: string; filters: readonly Filter[]; labelOf: LabelOf }) {
  if (filters.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {filters.map((filter) => {
          const { name, verb, values, join } = restate(filter, labelOf);
          return (
            <li key={JSON.stringify(filter)}>
              <b>{name}</b>
              <span>
                {verb} {joined(values, join)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
