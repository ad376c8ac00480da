// The rows behind a mark in place of the page: what they passed, the grid, and at the foot how they add up to the number
// of the mark. Esc, which the page hears, goes back to where the focus was.
import { ArrowExportLtr20Regular } from '@fluentui/react-icons/svg/arrow-export-ltr';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Copy20Regular } from '@fluentui/react-icons/svg/copy';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { shell } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { ItemKey, ItemsFact, ItemsView, ReportView } from '../../../backend/types';
import { dayAndClock, longDay } from '../../../format/dates';
import { number } from '../../../format/numbers';
import { value as written } from '../../../format/values';
import { Button } from '../../../ui/Button';
import { copyText } from '../../../ui/clipboard';
import { useMedia } from '../../../ui/media';
import { Ring } from '../../../ui/Ring';
import { Segments } from '../../../ui/Segments';
import { useSettled } from '../../../ui/useSettled';
import { colorBookOf } from '../../../visuals/colorBook';
import { joined, restate, type LabelOf } from '../restatement';
import { ColumnChooser } from './ColumnChooser';
import { copiedText, onlyColumns } from './itemColumns';
import { ItemHistoryDialog } from './ItemHistoryDialog';
import { itemUrl, linkColumns } from './itemLinks';
import { ItemsGrid } from './ItemsGrid';
import styles from './ItemsPane.module.css';
import { counted, texts } from './texts';
import { untouchedList, useChosenColumns, useItemList, useListColumns, type ItemsSubject, type ListAsk } from './useItemList';

export interface ItemsPaneProps {
  report: ReportView;
  pageName: string;
  subject: ItemsSubject;
  /** The answer's zone, in which instants are written. */
  zone: string;
  labelOf: LabelOf;
  /** Whether something is selected on the page, of which the mark shows a part. */
  lit: boolean;
  close: () => void;
  say: (text: string, tone?: 'plain' | 'danger') => void;
  /** Saves the rows; without it nothing offers that. */
  onExport?: (subject: ItemsSubject, ask: ListAsk) => void;
}

export function ItemsPane({ report, pageName, subject, zone, labelOf, lit, close, say, onExport }: ItemsPaneProps) {
  const { dataset } = report;
  const pane = useRef<HTMLElement>(null);
  const [table, setTable] = useState('');
  const [columns, chooseColumns] = useChosenColumns(table);
  const [sort, setSort] = useState({ orderBy: '', descending: false });
  const [search, setSearch] = useState('');
  const [whole, setWhole] = useState(false);
  const [compact, setCompact] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<ItemKey>>(new Set());
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [historyOf, setHistoryOf] = useState<number | null>(null);
  const brief = useMedia('(max-width: 1023px)');
  const settled = useSettled(search, 200);
  const asked = columns.length === 0 ? [] : [...columns, ...(linkColumns[table] ?? []).filter((c) => !columns.includes(c))];
  const ask: ListAsk = { ...untouchedList, ...sort, columns: asked, search: settled, whole };
  const { first, list, ...query } = useItemList(subject, ask, dataset.generation);
  const all = useListColumns(dataset.id, table, dataset.generation);
  if (first && first.table !== table) setTable(first.table);
  useEffect(() => pane.current?.querySelector<HTMLElement>('[data-back]')?.focus(), []);

  // Columns that only the address of a row needs are not shown.
  const shownColumns = columns.length === 0 ? list : onlyColumns(list, columns);
  const shownNames = columns.length > 0 ? columns : list.columns.filter((c) => !c.amount).map((c) => c.name);
  const urlOf = (at: number) => itemUrl(dataset.url, table, list.keys[at] ?? '', list.columns, list.rows[at] ?? []);
  const open = (at: number) => {
    const url = urlOf(at);
    if (url) shell.openExternal(url).catch((e: unknown) => say(faultOf(e).message, 'danger'));
  };
  const enter = (at: number) => {
    if (table === 'Work items') setHistoryOf(Number(list.keys[at]));
    else open(at);
  };
  const copy = async () => {
    const done = await copyText(copiedText(shownColumns, first?.key ?? '', selected, zone));
    say(done ? texts.copied(counted(selected.size || list.keys.length, table)) : texts.notCopied, done ? 'plain' : 'danger');
  };
  // Esc empties the search first; the next one leaves the list, as the page hears it.
  const leaveSearch = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || search === '') return;
    event.preventDefault();
    setSearch('');
  };
  const one = selected.size === 1 ? list.keys.findIndex((k) => selected.has(k)) : list.keys.length === 1 ? 0 : -1;
  const linked = list.keys.length > 0 && urlOf(0) !== '';
  return (
    <section ref={pane} className={styles.pane} aria-label={texts.list} data-region tabIndex={-1}>
      <div className={styles.bar}>
        <Button look="link" icon={<ArrowLeft20Regular />} onClick={close} data-back className={styles.back}>
          {texts.back(pageName)}
        </Button>
        <span className={styles.grow} />
        <ColumnChooser all={all.data ?? []} shown={shownNames} brief={brief} choose={chooseColumns} />
        {onExport && (
          <Button look="subtle" icon={<ArrowExportLtr20Regular />} onClick={() => onExport(subject, ask)} aria-label={texts.export}>
            {brief ? undefined : texts.export}
          </Button>
        )}
        <Button look="subtle" icon={<Copy20Regular />} disabled={list.keys.length === 0} onClick={() => void copy()} aria-label={texts.copy}>
          {brief ? undefined : texts.copy}
        </Button>
        <Button look="subtle" icon={<Open20Regular />} disabled={one < 0 || !linked} onClick={() => open(one)} aria-label={texts.open}>
          {brief ? undefined : texts.open}
        </Button>
      </div>
      <div className={styles.head}>
        <div>
          <h1>{first ? texts.title(first.count, first.table, subject.name) : texts.waiting(subject.name)}</h1>
          {first && <p>{first.past ? texts.asThen(momentInWords(first, zone), first.table) : texts.asNow(dayAndClock(first.asOf, undefined, zone), first.table)}</p>}
        </div>
        {first && <Passed view={first} labelOf={labelOf} />}
      </div>
      <div className={styles.card}>
        <div className={styles.tools}>
          <label className={styles.search}>
            <Search16Regular aria-hidden="true" />
            <input value={search} placeholder={texts.search} aria-label={texts.search} onChange={(e) => setSearch(e.target.value)} onKeyDown={leaveSearch} />
          </label>
          <output className={styles.quiet}>
            {selected.size > 0 ? texts.selected(selected.size, first?.count ?? 0) : first && first.found !== first.count ? texts.found(number(first.found), counted(first.count, table)) : ''}
          </output>
          <span className={styles.grow} />
          {lit && 'visual' in subject && (
            <Segments
              legend={texts.filters}
              legendUnseen
              options={[{ value: 'part', label: texts.part }, { value: 'whole', label: texts.whole }]}
              value={whole ? 'whole' : 'part'}
              change={(v) => setWhole(v === 'whole')}
            />
          )}
          <Segments
            legend={texts.density}
            legendUnseen
            options={[{ value: 'comfortable', label: texts.comfortable }, { value: 'compact', label: texts.compact }]}
            value={compact ? 'compact' : 'comfortable'}
            change={(v) => setCompact(v === 'compact')}
          />
        </div>
        {query.error ? (
          <div className={styles.none}>
            <p>{faultOf(query.error).message}</p>
            <Button onClick={() => void query.refetch()}>{texts.again}</Button>
          </div>
        ) : !first ? (
          <div className={styles.none}>
            <Ring label={texts.list} />
          </div>
        ) : list.keys.length === 0 ? (
          <p className={styles.none}>{first.count === 0 ? texts.none : texts.noMatch}</p>
        ) : (
          <ItemsGrid
            list={shownColumns}
            keyName={first.key}
            count={first.found}
            compact={compact}
            orderBy={first.orderBy}
            descending={first.descending}
            zone={zone}
            past={first.past}
            colors={colorBookOf(dataset.id)}
            selected={selected}
            onSelect={(keys, on) => setSelected((before) => new Set(on ? [...before, ...keys] : [...before].filter((k) => !keys.includes(k))))}
            onSort={(orderBy, descending) => setSort({ orderBy, descending })}
            onEnter={enter}
            onOpen={linked ? open : undefined}
            onSeen={(from, to) => setRange((r) => (r.first === from && r.last === to ? r : { first: from, last: to }))}
            onNearEnd={() => query.hasNextPage && !query.isFetching && void query.fetchNextPage()}
          />
        )}
        {first && <Foot view={first} what={'visual' in subject ? 'mark' : 'step'} range={range} />}
      </div>
      {historyOf !== null && (
        <ItemHistoryDialog datasetId={dataset.id} id={historyOf} zone={zone} open={() => open(list.keys.indexOf(historyOf))} close={() => setHistoryOf(null)} />
      )}
    </section>
  );
}

/** A past day by its name, an instant with its time. */
function momentInWords(view: ItemsView, zone: string): string {
  return view.asOf.includes(':59:59.999') ? longDay(view.asOf, zone) : dayAndClock(view.asOf, undefined, zone);
}

function Passed({ view, labelOf }: { view: ItemsView; labelOf: LabelOf }) {
  if (view.filters.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={texts.filters}>
      {view.filters.map((filter) => {
        const { name, verb, values, join } = restate(filter, labelOf);
        return (
          <li key={JSON.stringify(filter)}>
            {name} {verb} <b>{joined(values, join)}</b>
          </li>
        );
      })}
    </ul>
  );
}

function Foot({ view, what, range }: { view: ItemsView; what: 'mark' | 'step'; range: { first: number; last: number } }) {
  return (
    <footer className={styles.foot}>
      <span className={styles.proof}>
        {agreement(view, what)}
        {view.same && <CheckmarkCircle20Filled aria-hidden="true" />}
      </span>
      {view.facts.map((fact) => (
        <span key={fact.name} className={styles.fact}>
          {fact.name} <b>{factValue(fact)}</b>
        </span>
      ))}
      <span className={styles.grow} />
      <span className={styles.keys}>
        {view.found > 0 && texts.rowsShown(range.first, range.last, view.found)}
        <kbd>Enter</kbd> {view.table === 'Work items' ? texts.enterItem : texts.enterRow} <kbd>Esc</kbd> {texts.escape}
      </span>
    </footer>
  );
}

// Counts and estimates are said by their names; lengths of time have a unit.
const factValue = ({ value, format, unit }: ItemsFact) => written(value, { format, unit: unit === 'minutes' ? unit : '' });

/** How the rows make the number of the mark. */
export function agreement(view: ItemsView, what: 'mark' | 'step'): string {
  const n = counted(view.count, view.table);
  if (!view.value || view.number === null) return texts.named(n);
  const shown = written(view.number, view.value);
  if (view.same) return texts.same(n, what);
  if (view.sum !== null && Math.abs(view.sum - view.number) <= 1e-6 * Math.max(1, Math.abs(view.number))) return texts.together(n, shown, view.value.name);
  return view.value.additive ? texts.differs(n, what, shown, view.value.name) : texts.over(n, shown, view.value.name);
}
