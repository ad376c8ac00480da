// The day that a page shows: moved by the slider, replayed day by day. While it moves, days are drawn from what was
// loaded ahead, one after the other, and the page's own state follows when it rests.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { items } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { Page, PageData, PageState, ReportView, Span } from '../../../backend/types';
import type { PageStep } from '../pageState';
import { pageKey, readPage } from '../usePage';
import { DayLoader } from './dayLoader';
import { addDays, clampDay } from './days';
import { texts } from './texts';

/** A day that is drawn while the page's state still stands at another one. */
interface Moving {
  day: string;
  data: PageData | undefined;
}

export interface TimeTravel {
  /** Undefined while it is not known which days there are. */
  span: Span | undefined;
  /** The day that is shown or about to be shown; today's for now. An instant shows the day it lies on. */
  day: string;
  /** What is drawn in place of the page's own answer while the day moves. */
  moving: PageData | undefined;
  playing: boolean;
  speed: number;
  setSpeed: (perSecond: number) => void;
  play: () => void;
  pause: () => void;
  /** Shows a day while the slider is moved; `rest` says that it stands there now. */
  move: (day: string, rest: boolean) => void;
}

export const speeds = [5, 10, 20] as const;

interface UseTimeTravel {
  report: ReportView;
  page: Page;
  state: PageState;
  step: (step: PageStep) => void;
  say: (text: string, tone?: 'plain' | 'danger') => void;
}

const aheadBy = 8;

export function useTimeTravel({ report, page, state, step, say }: UseTimeTravel): TimeTravel {
  const { dataset } = report;
  const client = useQueryClient();
  const { data: span } = useQuery({
    queryKey: ['timeline', dataset.id, dataset.generation],
    queryFn: () => items.timeline(dataset.id),
    enabled: page.timeTravel ?? false,
    staleTime: Infinity,
  });
  const [moving, setMoving] = useState<Moving | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(speeds[1]);
  const last = span?.last ?? '';
  const rested = (state.asOf ?? '').slice(0, 10) || last;

  // What is loaded ahead belongs to one state of the page (but its day) and one generation of the data.
  const frame = useRef<Moving | null>(null);
  const target = useRef('');
  const others = JSON.stringify({ ...state, asOf: '' });
  const same = JSON.stringify([report.id, page.id, others, dataset.generation]);
  const stateOf = useCallback((day: string): PageState => ({ ...(JSON.parse(others) as PageState), asOf: day === last ? '' : day }), [others, last]);
  const draw = useCallback((day: string, data: PageData | undefined) => {
    frame.current = { day, data };
    setMoving(frame.current);
  }, []);
  const loader = useMemo(() => new DayLoader<PageData>((day) => readPage(report.id, page.id, stateOf(day))), [report.id, page.id, stateOf]);
  useEffect(() => {
    loader.tell((day, loaded, fault) => {
      if (fault) say(`${texts.failed} ${faultOf(fault).message}`, 'danger');
      // While it is dragged the newest day that was asked for is drawn; older ones come too late.
      if (loaded && day === target.current) draw(day, loaded);
    });
  }, [loader, say, draw]);
  useEffect(() => () => loader.end(), [loader]);

  const rest = useCallback(
    (day: string) => {
      const data = loader.get(day) ?? (frame.current?.day === day ? frame.current.data : undefined);
      const next = stateOf(day);
      if (data) client.setQueryData(pageKey(report.id, page.id, next, dataset.generation), data);
      target.current = '';
      frame.current = null;
      setMoving(null);
      step({ type: 'asOf', asOf: next.asOf ?? '' });
    },
    [loader, stateOf, client, report.id, page.id, dataset.generation, step],
  );

  const move = useCallback(
    (to: string, still: boolean) => {
      if (!span) return;
      const day = clampDay(to, span.first, span.last);
      if (still) return rest(day);
      target.current = day;
      const got = loader.get(day);
      if (got) draw(day, got);
      else {
        draw(day, frame.current?.data);
        loader.want([day]);
      }
    },
    [span, rest, loader, draw],
  );

  const pause = useCallback(() => {
    setPlaying(false);
    if (frame.current) rest(frame.current.day);
  }, [rest]);

  const play = useCallback(() => {
    if (!span) return;
    // From the end it begins at the first day again.
    const from = rested >= span.last ? span.first : rested;
    draw(from, loader.get(from));
    loader.want([from, addDays(from, 1), addDays(from, 2)]);
    target.current = '';
    setPlaying(true);
  }, [span, rested, loader, draw]);

  useStill(playing || moving !== null);
  usePlayback({ playing, speed, span, loader, frame, draw, pause });

  // Another state of the page than the one that is replayed: it begins anew where it is.
  const [seen, setSeen] = useState(same);
  if (seen !== same) {
    setSeen(same);
    if (moving) setMoving(null);
    if (playing) setPlaying(false);
  }

  return { span, day: moving?.day ?? rested, moving: moving?.data, playing, speed, setSpeed, play, pause, move };
}

interface Playback {
  playing: boolean;
  speed: number;
  span: Span | undefined;
  loader: DayLoader<PageData>;
  frame: React.RefObject<Moving | null>;
  draw: (day: string, data: PageData | undefined) => void;
  pause: () => void;
}

// One day after the other, never two at once and none left out: a day that has not come yet is waited for.
function usePlayback({ playing, speed, span, loader, frame, draw, pause }: Playback): void {
  useEffect(() => {
    if (!playing || !span) return;
    let request = 0;
    let due = performance.now();
    const tick = (now: number) => {
      request = requestAnimationFrame(tick);
      const day = frame.current?.day;
      if (day === undefined) return;
      const from = frame.current?.data ? addDays(day, 1) : day;
      if (from > span.last) return pause();
      loader.want(Array.from({ length: aheadBy }, (_, i) => addDays(from, i)).filter((d) => d <= span.last));
      const data = loader.get(from);
      if (now < due || !data) return;
      // What was waited for is not made up for by haste.
      due = Math.max(due + 1000 / speed, now);
      performance.mark('sightline-day', { detail: from });
      draw(from, data);
    };
    request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(request);
  }, [playing, speed, span, loader, frame, draw, pause]);
}

// Marks do not move to their places while days pass: they would never arrive.
function useStill(still: boolean): void {
  useEffect(() => {
    const root = document.documentElement;
    if (!still || root.hasAttribute('data-still')) return;
    root.setAttribute('data-still', 'time');
    return () => root.removeAttribute('data-still');
  }, [still]);
}
