// What changed? in place of the page: a waterfall from the number of one day to that of another, the items of the chosen
// step beside it, and the difference split by a column. Esc, which the page hears, goes back.
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { items, shell } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { ChangesAsk, Filter, Page, PageState, ReportView, Span, Visual } from '../../../backend/types';
import { day as shortDay, dayAndClock, dayOf, longDay } from '../../../format/dates';
import { change, plainValue, value as written } from '../../../format/values';
import { Button } from '../../../ui/Button';
import { Ring } from '../../../ui/Ring';
import { Chart } from '../../../visuals/Chart';
import { colorBookOf } from '../../../visuals/colorBook';
import { usePalette } from '../../../ui/theme';
import { VisualHead } from '../../../visuals/VisualHead';
import { waterfall } from '../../../visuals/waterfall';
import type { ItemsSubject } from '../items/useItemList';
import { addDays, clampDay, isDay } from '../timeTravel/days';
import { WhenPicker } from '../timeTravel/WhenPicker';
import { workItemUrl } from '../workItemLink';
import { ChangedBy } from './ChangedBy';
import { ChangedItems } from './ChangedItems';
import styles from './ChangesPane.module.css';
import { inOrder, stepField, stepKey, stepsResult, sumInWords } from './steps';
import { splits, stepName, texts } from './texts';

export interface ChangesPaneProps {
  report: ReportView;
  page: Page;
  state: PageState;
  span: Span;
  zone: string;
  /** Sets the two times; '' is today. */
  between: (from: string, to: string) => void;
  close: () => void;
  /** Opens the items of a step as a list. */
  show: (subject: ItemsSubject) => void;
  say: (text: string, tone?: 'plain' | 'danger') => void;
}

/** How far back the first question looks. */
const usualDays = 14;

/** The second day when none was chosen: two weeks before the one that is shown. */
export function usualCompare(state: PageState, span: Span): string {
  return clampDay(addDays((state.asOf ?? '').slice(0, 10) || span.last, -usualDays), span.first, span.last);
}

export function ChangesPane({ report, page, state, span, zone, between, close, show, say }: ChangesPaneProps) {
  const pane = useRef<HTMLElement>(null);
  const [ask, setAsk] = useState<ChangesAsk>({ visual: '', value: 0, by: splits[0]?.[0] ?? '' });
  const [chosen, setChosen] = useState('');
  const asked: PageState = state.compareWith ? state : { ...state, compareWith: usualCompare(state, span) };
  const { data: view, error, refetch, isFetching } = useQuery({
    queryKey: ['changes', report.id, page.id, asked, ask, report.dataset.generation],
    queryFn: () => items.changes(report.id, page.id, asked, ask),
    placeholderData: keepPreviousData,
  });
  useEffect(() => pane.current?.querySelector<HTMLElement>('[data-back]')?.focus(), []);
  const [from = '', to = ''] = inTime(asked.compareWith ?? '', asked.asOf ?? '', span.last);
  const openItem = (id: number) => {
    shell.openExternal(workItemUrl(report.dataset.url, id)).catch((e: unknown) => say(faultOf(e).message, 'danger'));
  };
  const part = view?.parts.find((p) => stepKey(p) === chosen) ?? (view ? inOrder(view.parts)[0] : undefined);
  const inWords = (when: string) => (when === '' ? texts.today.toLocaleLowerCase() : isDay(when) ? shortDay(when) : dayAndClock(when, undefined, zone));
  const said = (when: string) => (when === '' ? inWords(when) : texts.onDay(inWords(when)));
  return (
    <section ref={pane} className={styles.pane} aria-label={texts.title} aria-busy={isFetching} data-region tabIndex={-1}>
      <div className={styles.bar}>
        <Button look="link" icon={<ArrowLeft20Regular />} onClick={close} data-back className={styles.back}>
          {texts.back(page.name)}
        </Button>
      </div>
      <div className={styles.head}>
        <div>
          <h1>{texts.title}</h1>
          {view && <Sentence before={view.before} after={view.after} value={view.value} />}
        </div>
        <div className={styles.choices}>
          <label>
            <span>{texts.measure}</span>
            <select value={`${ask.visual}|${ask.value}`} onChange={(e) => setAsk((a) => ({ ...a, ...readChoice(e.target.value) }))}>
              {(view?.choices ?? []).map((c) => (
                <option key={`${c.visual}|${c.value}`} value={`${c.visual}|${c.value}`}>
                  {c.title && c.title !== c.name ? `${c.title}: ${c.name}` : c.name}
                </option>
              ))}
            </select>
          </label>
          <div>
            <span aria-hidden="true">{texts.from}</span>
            <WhenPicker span={span} zone={zone} when={from} label={texts.from} show={(when) => between(when, to)}>
              {isDay(from) ? longDay(from) : inWords(from)}
            </WhenPicker>
          </div>
          <div>
            <span aria-hidden="true">{texts.until}</span>
            <WhenPicker span={span} zone={zone} when={to} label={texts.until} show={(when) => between(from, when)}>
              {to === '' ? texts.today : isDay(to) ? longDay(to) : inWords(to)}
            </WhenPicker>
          </div>
        </div>
      </div>
      {error ? (
        <div className={styles.none}>
          <p>{faultOf(error).message}</p>
          <Button onClick={() => void refetch()}>{texts.again}</Button>
        </div>
      ) : !view ? (
        <div className={styles.none}>
          <Ring label={texts.waiting} />
        </div>
      ) : (
        <div className={styles.cards}>
          <Steps view={view} page={page} datasetId={report.dataset.id} zone={zone} chosen={part ? stepKey(part) : ''} choose={setChosen} />
          <ChangedBy view={view} field={ask.by} from={inWords(from)} to={said(to)} choose={(by) => setAsk((a) => ({ ...a, by }))} />
          {part ? (
            <ChangedItems
              part={part}
              value={view.value}
              from={said(from)}
              to={said(to)}
              openItem={openItem}
              openList={() => show({ reportId: report.id, pageId: page.id, state: asked, name: stepName(part.kind, part.field), changes: ask, kind: part.kind, field: part.field })}
            />
          ) : (
            <section className={styles.card}>
              <p className={styles.quiet}>{texts.none(view.value.name)}</p>
            </section>
          )}
        </div>
      )}
    </section>
  );
}

/** The two times, the earlier one first; '' is today, and stands last. */
export function inTime(a: string, b: string, today: string): [string, string] {
  const end = (when: string) => (when === '' ? `${today}T24` : isDay(when) ? `${when}T24` : when);
  return end(a) <= end(b) ? [a, b] : [b, a];
}

const readChoice = (text: string) => {
  const at = text.lastIndexOf('|');
  return { visual: text.slice(0, at), value: Number(text.slice(at + 1)) };
};

function Sentence({ before, after, value }: { before: number | null; after: number | null; value: Parameters<typeof written>[1] & { name: string } }) {
  return (
    <p>
      {texts.went(value.name)} <b>{plainValue(before ?? 0, value)}</b> {texts.to} <b>{plainValue(after ?? 0, value)}</b>: <b>{change((after ?? 0) - (before ?? 0), value)}</b>. {texts.once}
    </p>
  );
}

interface StepsProps {
  view: NonNullable<Awaited<ReturnType<typeof items.changes>>>;
  page: Page;
  datasetId: string;
  zone: string;
  chosen: string;
  choose: (step: string) => void;
}

function Steps({ view, datasetId, zone, chosen, choose }: StepsProps) {
  const palette = usePalette();
  const colors = colorBookOf(datasetId);
  const visual = useMemo<Visual>(
    () => ({ id: 'what-changed', type: 'column', title: texts.steps(view.value.name), place: { x: 0, y: 0, w: 1, h: 1 }, query: { values: [] }, options: {} }),
    [view.value.name],
  );
  const result = useMemo(
    () => stepsResult(view, texts.on(shortDay(dayOf(view.from, zone))), texts.on(shortDay(dayOf(view.to, zone)))),
    [view, zone],
  );
  const selection = useMemo<Filter[]>(() => (chosen ? [{ field: stepField, op: 'in', values: [chosen] }] : []), [chosen]);
  const pick = (filters: Filter[]) => {
    const step = filters[0]?.values?.[0];
    if (typeof step === 'string') choose(step);
  };
  return (
    <figure className={styles.card} aria-label={visual.title}>
      <VisualHead
        title={visual.title}
        subtitle={sumInWords(view, (n) => plainValue(n, view.value))}
        legend={waterfall.legend({ visual, result, palette, colors })}
        selection={null}
      />
      <div className={styles.chart}>
        <Chart type={waterfall} visual={visual} result={result} colors={colors} selection={selection} onPick={pick} />
      </div>
    </figure>
  );
}
