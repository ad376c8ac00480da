// The Filters pane: the cards of the chosen visual, of the page and of all pages, and what slicers and the selection do.
import { Tooltip } from '@fluentui/react-components';
import { ChevronDoubleLeft16Regular } from '@fluentui/react-icons/svg/chevron-double-left';
import { ChevronDoubleRight16Regular } from '@fluentui/react-icons/svg/chevron-double-right';
import { Filter20Regular } from '@fluentui/react-icons/svg/filter';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useState } from 'react';
import type { Filter, FilterCard as CardDocument, Page, PageState, Visual } from '../../backend/types';
import { Button } from '../../ui/Button';
import { applied, paneCards, type ShownCard } from './cards';
import { FilterCard } from './FilterCard';
import styles from './FiltersPane.module.css';
import { fieldName, type LabelOf } from './restatement';
import { slicerFilter } from './slicing';
import { texts } from './texts';

interface FiltersPaneProps {
  page: Page;
  cards: readonly CardDocument[];
  /** The visual that was clicked or has the focus. */
  visual: Visual | undefined;
  state: PageState;
  labelOf: LabelOf;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (card: string, filters: Filter[]) => void;
}

/** A list can be searched when it is longer than this. */
const longPane = 8;

export function FiltersPane({ page, cards, visual, state, labelOf, open, onOpen, onChange }: FiltersPaneProps) {
  const [search, setSearch] = useState('');
  const shown = paneCards(page, cards, visual, state);
  const readOnly = (filters: readonly Filter[]): ShownCard[] => filters.map((f) => ({ key: '', title: fieldName(f.field), field: f.field, filters: [f], locked: true }));
  const sliced = readOnly(page.slicers.flatMap((s) => slicerFilter(s, state) ?? []));
  const picked = readOnly(state.selection?.filters ?? []);
  const count = applied(shown.page) + applied(shown.report) + sliced.length + picked.length;
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
  const all = [...shown.visual, ...shown.page, ...shown.report];
  const wanted = search.trim().toLocaleLowerCase();
  const found = (list: readonly ShownCard[]) => (wanted === '' ? list : list.filter((c) => c.title.toLocaleLowerCase().includes(wanted)));
  const group = (title: string, list: readonly ShownCard[]) => <Group title={title} cards={found(list)} labelOf={labelOf} onChange={onChange} />;
  return (
    <aside className={styles.pane} aria-label={texts.filters} data-region tabIndex={-1}>
      <div className={styles.head}>
        <Filter20Regular aria-hidden="true" />
        <h2>{texts.filters}</h2>
        <Tooltip content={texts.foldFilters} relationship="label" positioning="before">
          <Button look="subtle" size="small" icon={<ChevronDoubleRight16Regular />} onClick={() => onOpen(false)} />
        </Tooltip>
      </div>
      {(all.length > longPane || wanted !== '') && (
        <label className={styles.search}>
          <Search16Regular aria-hidden="true" />
          <input value={search} placeholder={texts.search} aria-label={texts.findCards} onChange={(e) => setSearch(e.target.value)} />
        </label>
      )}
      {group(texts.fromSelection, picked)}
      {group(texts.fromSlicers, sliced)}
      {group(texts.onVisual, shown.visual)}
      {group(texts.onPage, shown.page)}
      {group(texts.onReport, shown.report)}
      {all.length + sliced.length + picked.length === 0 && <p className={styles.note}>{texts.noFilters}</p>}
    </aside>
  );
}

function Group({ title, cards, labelOf, onChange }: { title: string; cards: readonly ShownCard[]; labelOf: LabelOf; onChange: (card: string, filters: Filter[]) => void }) {
  if (cards.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {cards.map((card, i) => (
          <FilterCard key={card.key || `${card.field} ${i}`} card={card} labelOf={labelOf} change={onChange} />
        ))}
      </ul>
    </section>
  );
}
