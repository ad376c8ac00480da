// One page of a report: its head, its visuals on the grid, the filters beside it.
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useMemo, useState } from 'react';
import { reports, shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { saveMade } from '../../backend/saving';
import type { Page, PageState, ReportView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { offerDownload } from '../../ui/download';
import { FaultCard } from '../../ui/FaultCard';
import { useMedia } from '../../ui/media';
import { useSaying } from '../../ui/Saying';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { colorBookOf } from '../../visuals/colorBook';
import { FiltersPane } from './FiltersPane';
import { gridPlace, gridRows, leastHeight, narrowOrder, narrowPlace } from './layout';
import { PageHead } from './PageHead';
import type { PageStep } from './pageState';
import { PageVisual, type VisualTools } from './PageVisual';
import styles from './ReportPage.module.css';
import { labelsOf } from './restatement';
import { texts } from './texts';
import { useLeavingKeys } from './useLeavingKeys';
import { usePage } from './usePage';
import { workItemUrl } from './workItemLink';

interface ReportPageProps {
  report: ReportView;
  page: Page;
  state: PageState;
  step: (step: PageStep) => void;
}

export function ReportPage({ report, page, state, step }: ReportPageProps) {
  const answer = usePage(report.id, page.id, state, report.dataset.generation);
  const data = answer.data;
  const narrow = useMedia('(max-width: 899px)');
  const colors = colorBookOf(report.dataset.id);
  const { say, saying } = useSaying();
  const [tables, setTables] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState('');
  const [filtersOpen, setFiltersOpen] = useState(false);
  const labelOf = useMemo(() => labelsOf(data, page), [data, page]);

  // Colours follow the model's order: what a slicer lists comes before what a visual happens to show.
  for (const slicer of data?.slicers ?? []) {
    const field = page.slicers.find((s) => s.id === slicer.id)?.field;
    if (field) colors.meet(field, slicer.members.map((m) => m.value));
  }

  const exportCsv = async (visual: string) => {
    const saved = await saveMade(() => reports.csv(report.id, page.id, visual, state));
    if ('path' in saved) say(texts.saved(saved.path));
    if ('refused' in saved) say(saved.refused, 'danger');
    if ('offer' in saved) {
      offerDownload(saved.offer.name, saved.offer.text);
      say(texts.offered(saved.offer.name));
    }
  };
  const tools: VisualTools = {
    tables,
    onTable: (visual, show) => setTables((before) => new Set(show ? [...before, visual] : [...before].filter((v) => v !== visual))),
    focus,
    onFocus: setFocus,
    onExport: (visual) => void exportCsv(visual),
    onOpenItem: (id) => void shell.openExternal(workItemUrl(report.dataset.url, id)).catch((e: unknown) => say(faultOf(e).message, 'danger')),
  };
  useLeavingKeys(focus !== '', () => setFocus(''), step);

  const focused = page.visuals.find((v) => v.id === focus);
  const shown = focused ? [focused] : narrow ? narrowOrder(page.visuals) : page.visuals;
  const fault = answer.error ? faultOf(answer.error) : null;
  return (
    <div className={styles.work}>
      <div className={styles.page} data-region tabIndex={-1} aria-busy={answer.isFetching}>
        {focused && (
          <Button look="link" icon={<ArrowLeft20Regular />} className={styles.back} onClick={() => setFocus('')}>
            {texts.back}
          </Button>
        )}
        <PageHead page={page} data={data} state={state} labelOf={labelOf} step={step} />
        {fault && !data ? (
          <div className={styles.fault}>
            <FaultCard fault={fault} tone="danger" icon={<ErrorCircle20Regular />} />
          </div>
        ) : (
          <div
            className={`${styles.grid} ${focused ? styles.alone : narrow ? styles.narrow : ''}`}
            style={focused || narrow ? undefined : { gridTemplateRows: gridRows(page.visuals), minHeight: leastHeight(page.visuals) }}
          >
            {shown.map((visual) => (
              <PageVisual
                key={visual.id}
                visual={visual}
                data={data?.visuals.find((v) => v.id === visual.id)}
                state={state}
                colors={colors}
                step={step}
                tools={tools}
                style={focused ? {} : narrow ? narrowPlace(visual, page.visuals.filter((v) => v.type === 'card').length) : gridPlace(visual)}
              />
            ))}
          </div>
        )}
      </div>
      {!narrow && <FiltersPane page={page} state={state} labelOf={labelOf} open={filtersOpen} onOpen={setFiltersOpen} />}
      {saying}
    </div>
  );
}
