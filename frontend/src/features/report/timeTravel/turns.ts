// Who draws when, while days pass: a whole page drawn in one frame would make the replay stutter, so its visuals take
// turns, a few milliseconds of them in each frame. A day that comes before the last one is drawn takes its place.
import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { PageData, VisualData } from '../../../backend/types';

/** Milliseconds of drawing in one frame; the rest of its 16 belongs to layout and painting. */
const mostPerFrame = 4;

export interface Clock {
  now: () => number;
  request: (next: () => void) => number;
  cancel: (request: number) => void;
}

const browserClock: Clock = {
  now: () => performance.now(),
  request: (next) => requestAnimationFrame(next),
  cancel: (request) => cancelAnimationFrame(request),
};

export class Turns {
  private shown = new Map<string, VisualData>();
  private waiting = new Map<string, VisualData>();
  private readonly listeners = new Map<string, () => void>();
  private request = 0;

  constructor(
    private readonly clock: Clock = browserClock,
    private readonly draw: (listener: () => void) => void = flushSync,
  ) {}

  /** What a visual shows now. */
  get(id: string): VisualData | undefined {
    return this.shown.get(id);
  }

  listen(id: string, listener: () => void): () => void {
    this.listeners.set(id, listener);
    return () => {
      if (this.listeners.get(id) === listener) this.listeners.delete(id);
    };
  }

  /** Where the visuals begin: nothing is drawn by this. */
  begin(data: PageData | undefined): void {
    this.end();
    this.shown = new Map((data?.visuals ?? []).map((v) => [v.id, v]));
  }

  /** Gives every visual its turn. Those that wait for one already keep their place and get the newer answer. */
  give(data: PageData): void {
    for (const v of data.visuals) {
      if (this.waiting.has(v.id) || this.shown.get(v.id) !== v) this.waiting.set(v.id, v);
    }
    if (this.request === 0 && this.waiting.size > 0) this.request = this.clock.request(this.next);
  }

  end(): void {
    if (this.request !== 0) this.clock.cancel(this.request);
    this.request = 0;
    this.waiting.clear();
  }

  private readonly next = () => {
    this.request = 0;
    const until = this.clock.now() + mostPerFrame;
    for (const [id, data] of this.waiting) {
      this.waiting.delete(id);
      this.shown.set(id, data);
      const listener = this.listeners.get(id);
      if (listener) this.draw(listener);
      if (this.clock.now() >= until) break;
    }
    if (this.waiting.size > 0) this.request = this.clock.request(this.next);
  };
}

/** The turns of a page while its day moves, null while it rests. */
export function useTurns(moving: boolean, data: PageData | undefined): Turns | null {
  const turns = useMemo(() => {
    if (!moving) return null;
    const begun = new Turns();
    begun.begin(data);
    return begun;
    // It begins with what stood there when the day began to move.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [moving]);
  useLayoutEffect(() => {
    if (turns && data) turns.give(data);
  }, [turns, data]);
  useLayoutEffect(() => () => turns?.end(), [turns]);
  return turns;
}

const deaf = () => () => {};

/** What a visual draws: what its turn gave it while the day moves, else the answer of the page. */
export function useTurn(turns: Turns | null, id: string, data: VisualData | undefined): VisualData | undefined {
  const listen = useMemo(() => (turns ? (listener: () => void) => turns.listen(id, listener) : deaf), [turns, id]);
  const given = useSyncExternalStore(listen, () => turns?.get(id));
  return turns ? given : data;
}
