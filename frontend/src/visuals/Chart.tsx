// The one place that holds a chart: it measures, converts, draws, follows the theme and the window, and
// lays the marks over the drawing for pointer and keyboard.
import { use, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { Filter, Result, Visual } from '../backend/types';
import { usePalette } from '../ui/theme';
import styles from './Chart.module.css';
import type { ColorBook } from './colorBook';
import { exchanged, startChart, type EChartsType } from './echarts';
import { DotLayer } from './DotLayer';
import { MarkLayer } from './MarkLayer';
import type { ChartModel, ChartType } from './model';
import { isStill, PassingContext, useFonts } from './motion';
import { drawnPart, withTooltips } from './tooltips';
import { useSize } from './useSize';

/** Marks jump above this many: moving them would stutter. */
const mostMoving = 2_000;

export interface ChartProps {
  type: ChartType;
  visual: Visual;
  result: Result;
  colors: ColorBook;
  selection: readonly Filter[] | null;
  tile?: boolean;
  /** Picks a mark; `add` joins it to what is picked. An empty list is a click beside every mark. */
  onPick?: (filters: Filter[], add: boolean) => void;
}

export function Chart({ type, visual, result, colors, selection, tile, onPick }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const palette = usePalette();
  const fonts = useFonts();
  const passing = use(PassingContext);
  const model = useMemo(
    () => {
      if (!size) return null;
      const built = type.build({ visual, result: drawnPart(visual, result), palette, colors, size, selection, ...(tile ? { tile } : {}) });
      return tile ? built : { ...built, marks: withTooltips(built.marks, visual, result) };
    },
    // Fonts change the widths that the conversion measures.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [type, visual, result, palette, colors, size, selection, tile, fonts],
  );
  const Layer = model?.many ? DotLayer : MarkLayer;
  const height = model?.height ?? size?.height ?? 0;
  const chart = useDrawing(host, model, size?.width ?? 0, height);
  const fade = (seriesId: string | undefined) => {
    chart.current?.dispatchAction({ type: 'downplay' });
    if (seriesId) chart.current?.dispatchAction({ type: 'highlight', seriesId });
  };
  return (
    <div ref={frame} className={`${styles.frame} ${model?.height ? styles.scrolls : ''}`}>
      {/* Out of the flow, so that its own size never decides that of the frame. */}
      <div className={styles.drawing} style={{ height }}>
        <div ref={host} className={styles.host} aria-hidden="true" />
        {model && !tile && !passing && <Layer marks={model.marks} along={model.along} label={visual.title} onPick={onPick} onPoint={fade} />}
      </div>
    </div>
  );
}

function useDrawing(host: React.RefObject<HTMLDivElement | null>, model: ChartModel | null, width: number, height: number) {
  const chart = useRef<EChartsType | null>(null);
  const drawnAt = useRef('');
  const painted = useRef(false);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element || !model) return;
    // Never measured here: reading the page between two drawings would lay it out once per chart.
    const place = `${width}x${height}`;
    const many = model.many ?? false;
    // A few dots are elements, thousands are painted: the chart is of one kind and has to be made anew.
    if (chart.current !== null && painted.current !== many) {
      chart.current.dispose();
      chart.current = null;
    }
    const first = chart.current === null;
    chart.current ??= startChart(element, { width, height }, many);
    painted.current = many;
    const moved = drawnAt.current !== place;
    if (!first && moved) chart.current.resize({ width, height });
    drawnAt.current = place;
    // Marks move only because numbers changed: not at first, not because the window did.
    const moves = !first && !moved && !isStill() && model.marks.length <= mostMoving;
    const motion = { animation: moves, animationDuration: 0, animationDurationUpdate: 300, animationEasingUpdate: 'cubicOut' as const };
    chart.current.setOption({ ...model.option, ...motion }, { replaceMerge: exchanged, silent: true });
  }, [host, model, width, height]);
  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );
  return chart;
}
