// One page of a report: its head, its visuals on the grid, the filters beside it.
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useCallback, useEffect, useMemo, useState, type CSSProperties, type FocusEvent, type PointerEvent } from 'react';
import { shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { Filter, Page, PageState, ReportView, Visual } from '../../backend/types';
import { Button } from '../../ui/Button';
import { FaultCard } from '../../ui/FaultCard';
import { useMedia } from '../../ui/media';
import { useSaying } from '../../ui/Saying';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { colorBookOf } from '../../visuals/colorBook';
import { PassingContext } from '../../visuals/motion';
import { sharedNotes } from '../../visuals/visualWords';
import { affecting } from './affecting';
import { useWhatChanged } from './changes/useWhatChanged';
import { into } from './drill';
import { useExporting } from './exporting/useExporting';
import { usePicturing } from './exporting/usePicturing';
import { FiltersPane } from './FiltersPane';
import { sheetStyle, type Fit } from './fit';
import { including } from './including';
import { useItemGestures } from './items/useItemGestures';
import { useShowItems } from './items/useShowItems';
import { gridPlace, gridRows, leastHeight, narrowOrder, narrowPlace } from './layout';
import { MarkMenu, type MeantMark } from './MarkMenu';
import { PageHead } from './PageHead';
import type { PageStep, Reading } from './pageState';
import { PageVisual } from './PageVisual';
import styles from './ReportPage.module.css';
import { joined, labelsOf, type LabelOf } from './restatement';
import { texts } from './texts';
import { TimeBar } from './timeTravel/TimeBar';
import { TimeSentence } from './timeTravel/TimeSentence';
import { useTurns } from './timeTravel/turns';
import { useTimeTravel, type TimeTravel } from './timeTravel/useTimeTravel';
import { useLeavingKeys } from './useLeavingKeys';
import { PageContext } from './useMembers';
import { usePage } from './usePage';
import { drillInto, useVisualActions } from './useVisualActions';
import { workItemUrl } from './workItemLink';

interface ReportPageProps {
  report: ReportView;
  page: Page;
  reading: Reading;
  step: (step: PageStep) => void;
  /** How large the page is drawn. */
  fit: Fit;
  /** Asks to which dashboard a visual is pinned. */
  pin: (visual: string) => void;
}

const noTables: string[] = [];

export function ReportPage({ report, page, reading, step, fit, pin }: ReportPageProps) {
  const { state, view } = reading;
  const { focus = '', tables = noTables, spotlight = '' } = view;
  const answer = usePage(report.id, page.id, state, report.dataset.generation);
  const narrow = useMedia('(max-width: 899px)');
  const colors = colorBookOf(report.dataset.id);
  const { say, saying } = useSaying();
  const travel = useTimeTravel({ report, page, state, step, say });
  const data = travel.moving ?? answer.data;
  const turns = useTurns(travel.moving !== undefined, data);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const { chosen, choose } = useChosenVisual(page);
  const inUse = useMemo(
    () => ({ reportId: report.id, pageId: page.id, state, generation: report.dataset.generation, timeZone: report.dataset.timeZone }),
    [report.id, page.id, state, report.dataset.generation, report.dataset.timeZone],
  );
  const changeCard = useCallback((card: string, filters: Filter[]) => step({ type: 'card', card, filters }), [step]);
  useDrawn(data);
  const notes = useMemo(() => sharedNotes(data?.visuals ?? []), [data]);
  const labelOf = useMemo(() => labelsOf(data, page), [data, page]);
  const { actions, drilling, menu, closeMenu } = useVisualActions({
    reportId: report.id, page, reading, step, say,
    affecting: (id) => affecting(page, report.cards ?? [], state, id, data?.visuals.find((v) => v.id === id)?.follows, labelOf),
  });
  const { url } = report.dataset;
  const openItem = useCallback(
    (id: number) => {
      shell.openExternal(workItemUrl(url, id)).catch((e: unknown) => say(faultOf(e).message, 'danger'));
    },
    [url, say],
  );
  const zone = data?.visuals.find((v) => v.result)?.result?.timeZone ?? report.dataset.timeZone;
  const items = useShowItems({ report, page, state, zone, labelOf, say });
  const changes = useWhatChanged({ report, page, state, step, span: travel.span, zone, show: items.show, say });
  const { showItems } = items;
  const { exportData, dialog: exporting } = useExporting(report.id, page, state, say);
  const picturing = usePicturing(page, say);
  const withItems = useMemo(() => ({ ...actions, ...picturing, showItems, pin, exportData }), [actions, picturing, showItems, pin, exportData]);
  const { actions: marks, hear } = useItemGestures(withItems, showItems);
  const leave = () => {
    if (items.open) items.close();
    else if (changes.open) changes.close();
    else actions.focus(focus, false);
  };
  useLeavingKeys(items.open || changes.open || focus !== '', leave, step);

  // Colours follow the model's order: what a slicer lists comes before what a visual happens to show.
  for (const slicer of data?.slicers ?? []) {
    const field = page.slicers.find((s) => s.id === slicer.id)?.field;
    if (field) colors.meet(field, slicer.members.map((m) => m.value));
  }

  const focused = page.visuals.find((v) => v.id === focus);
  const places = useMemo(() => placesOf(page.visuals, narrow), [page.visuals, narrow]);
  const shown = focused ? [focused] : narrow ? narrowOrder(page.visuals) : page.visuals;
  const fault = answer.error && !data ? faultOf(answer.error) : null;
  const fills = !focused && !narrow;
  return (
    <PageContext value={inUse}>
    <div className={styles.work}>
      <div className={styles.stage}>
      <div className={styles.page} style={fills ? sheetStyle(fit) : undefined} data-region tabIndex={-1} aria-busy={answer.isFetching} inert={items.open || changes.open} {...hear} {...choose}>
        {focused && (
          <Button look="link" icon={<ArrowLeft20Regular />} className={styles.back} onClick={() => actions.focus(focus, false)}>
            {texts.back}
          </Button>
        )}
        <PageHead page={page} data={data} state={state} labelOf={labelOf} notes={notes} step={step} beneath={page.timeTravel && timeSentence(travel, state, zone, step)} />
        {fault ? (
          <div className={styles.fault}>
            <FaultCard fault={fault} tone="danger" icon={<ErrorCircle20Regular />} />
          </div>
        ) : (
          <div
            className={`${styles.grid} ${focused ? styles.alone : narrow ? styles.narrow : ''}`}
            style={fills ? { gridTemplateRows: gridRows(page.visuals), minHeight: leastHeight(page.visuals) } : undefined}
          >
            <PassingContext value={turns !== null}>
              {shown.map((visual) => (
                <PageVisual
                  key={visual.id}
                  visual={visual}
                  data={turns ? undefined : data?.visuals.find((v) => v.id === visual.id)}
                  turns={turns}
                  selection={state.selection?.visual === visual.id ? state.selection.filters : null}
                  colors={colors}
                  asTable={tables.includes(visual.id)}
                  focused={focus === visual.id}
                  spotlit={spotlight === visual.id}
                  dimmed={spotlight !== '' && spotlight !== visual.id && !focused}
                  drill={state.drill?.[visual.id]}
                  drilling={drilling.includes(visual.id)}
                  sort={state.sort?.[visual.id]}
                  sharedNotes={notes}
                  actions={marks}
                  onOpenItem={openItem}
                  style={focused ? undefined : places.get(visual.id)}
                />
              ))}
            </PassingContext>
          </div>
        )}
      </div>
      </div>
      {!narrow && (
        <FiltersPane page={page} cards={report.cards ?? []} visual={chosen} state={state} labelOf={labelOf} open={filtersOpen} onOpen={setFiltersOpen} onChange={changeCard} />
      )}
      {page.timeTravel && !fault && (
        <TimeBar
          travel={travel}
          state={state}
          zone={zone}
          covered={items.open || changes.open}
          show={(asOf) => step({ type: 'asOf', asOf })}
          compare={(compareWith) => step({ type: 'compare', compareWith })}
          whatChanged={changes.ask}
        />
      )}
      <div inert={items.open}>{changes.pane}</div>
      {items.pane}
      {menu && (
        <MarkMenu
          mark={menu}
          into={intoMenu(page, state, menu, step)}
          onPick={(add) => step({ type: 'pick', visual: menu.visual, filters: menu.filters, add })}
          onShowItems={showItems}
          onOpenItem={openItem}
          including={includingMenu(page, state, menu, labelOf)}
          onFilter={changeCard}
          close={closeMenu}
        />
      )}
      {exporting}
      {saying}
    </div>
    </PageContext>
  );
}

function intoMenu(page: Page, state: PageState, mark: MeantMark, step: (step: PageStep) => void): (() => void) | null {
  const visual = page.visuals.find((v) => v.id === mark.visual);
  return visual && into(visual, mark.filters, state.drill?.[visual.id]) ? () => drillInto(page, state, visual.id, mark.filters, step) : null;
}

function includingMenu(page: Page, state: PageState, mark: MeantMark, labelOf: LabelOf) {
  const visual = page.visuals.find((v) => v.id === mark.visual);
  const choices = visual ? including(visual, mark.filters, state) : [];
  return choices.map((choice) => ({ choice, what: choice.other ? texts.others : joined(choice.values.map((v) => labelOf(choice.field, v)), 'and') }));
}

// The day that moves is said while it moves.
function timeSentence(travel: TimeTravel, state: PageState, zone: string, step: (step: PageStep) => void) {
  const moved = travel.day === travel.span?.last ? '' : travel.day;
  const when = travel.moving ? moved : (state.asOf ?? '');
  const compared = state.compareWith ?? '';
  if (when === '' && compared === '') return null;
  const back = () => {
    travel.pause();
    step({ type: 'asOf', asOf: '' });
    step({ type: 'compare', compareWith: '' });
  };
  return <TimeSentence when={when} compared={compared} zone={zone} back={back} />;
}

/** The visual that was clicked last or has the focus: its cards stand in the Filters pane. */
function useChosenVisual(page: Page) {
  const [id, setId] = useState('');
  const choose = useMemo(() => {
    const visualOf = (target: EventTarget) => (target instanceof Element ? (target.closest<HTMLElement>('[data-visual]')?.dataset.visual ?? '') : '');
    return {
      onPointerDown: (event: PointerEvent) => setId(visualOf(event.target)),
      // A click on a text gives the focus to the whole page: that chooses nothing else.
      onFocus: (event: FocusEvent) => setId((before) => visualOf(event.target) || before),
    };
  }, []);
  return { chosen: page.visuals.find((v) => v.id === id), choose };
}

/** Marks in the timeline of the browser when an answer stands on the screen, for who measures. */
function useDrawn(data: unknown): void {
  useEffect(() => {
    if (!data) return;
    const frame = requestAnimationFrame(() => performance.mark('drawn'));
    return () => cancelAnimationFrame(frame);
  }, [data]);
}

function placesOf(visuals: readonly Visual[], narrow: boolean): Map<string, CSSProperties> {
  const cards = visuals.filter((v) => v.type === 'card').length;
  return new Map(visuals.map((v) => [v.id, narrow ? narrowPlace(v, cards) : gridPlace(v)]));
}
