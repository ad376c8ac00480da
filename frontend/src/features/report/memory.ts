// What a person chose on the pages of a report: kept on this computer, and undone step by step. Cards of all pages
// belong to the report; everything else to its page.
import type { Filter } from '../../backend/types';
import { isUnread, readingStep, type PageStep, type Reading } from './pageState';
import { readCards, readReading, writeReading } from './storedState';

/** How many steps can be undone. */
export const mostSteps = 200;

type Cards = Record<string, Filter[]>;

/** The page where something happened, and what there was before or after it. */
interface Moment {
  pageId: string;
  reading: Reading;
  cards: Cards;
}

interface Past {
  before: Moment;
  after: Moment;
  /** Steps of one kind that follow each other, such as the days of a slider that is dragged, are one. */
  joins: string;
}

const ofReport = (key: string) => key.startsWith('report/');
const pageKey = (reportId: string, pageId: string) => `sightline.page.${reportId}.${pageId}`;
const cardsKey = (reportId: string) => `sightline.cards.${reportId}`;

// Storage may be refused (a private window, a full disk): the page then forgets, and works.
function stored(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, text: string | null): void {
  try {
    if (text === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, text);
  } catch {
    // Not kept; nothing is lost but a convenience.
  }
}

/** The memory of one report. Whoever shows it subscribes; every answer is the same object until something changes. */
export class ReportMemory {
  private readonly pages = new Map<string, Reading>();
  private readonly shown = new Map<string, Reading>();
  private readonly heard = new Set<() => void>();
  private cards: Cards;
  private past: Past[] = [];
  private ahead: Past[] = [];
  version = 0;

  constructor(private readonly reportId: string) {
    this.cards = readCards(stored(cardsKey(reportId)));
  }

  subscribe = (hear: () => void): (() => void) => {
    this.heard.add(hear);
    return () => this.heard.delete(hear);
  };

  /** A page with the cards of the report in its state. */
  reading(pageId: string): Reading {
    const shown = this.shown.get(pageId);
    if (shown) return shown;
    const own = this.own(pageId);
    const made = Object.keys(this.cards).length === 0 ? own : { ...own, state: { ...own.state, cards: { ...own.state.cards, ...this.cards } } };
    this.shown.set(pageId, made);
    return made;
  }

  step = (pageId: string, step: PageStep): void => {
    const before = this.moment(pageId);
    const after = readingStep(this.reading(pageId), step);
    if (after === this.reading(pageId) || sameReading(after, this.reading(pageId))) return;
    const all = after.state.cards ?? {};
    const cards = Object.fromEntries(Object.entries(all).filter(([key]) => ofReport(key)));
    const own = Object.fromEntries(Object.entries(all).filter(([key]) => !ofReport(key)));
    const { cards: _, ...rest } = after.state;
    const state = Object.keys(own).length > 0 ? { ...rest, cards: own } : rest;
    const moment = { pageId, reading: { state, view: after.view }, cards };
    this.note(before, moment, joinsAs(step));
    this.show(moment);
  };

  canUndo(): boolean {
    return this.past.length > 0;
  }

  canRedo(): boolean {
    return this.ahead.length > 0;
  }

  /** Takes back the last step and returns the page where it happened; null when there is none. */
  undo = (): string | null => {
    const last = this.past.pop();
    if (!last) return null;
    this.ahead.push(last);
    this.show(last.before);
    return last.before.pageId;
  };

  redo = (): string | null => {
    const next = this.ahead.pop();
    if (!next) return null;
    this.past.push(next);
    this.show(next.after);
    return next.after.pageId;
  };

  private own(pageId: string): Reading {
    const held = this.pages.get(pageId) ?? readReading(stored(pageKey(this.reportId, pageId)));
    this.pages.set(pageId, held);
    return held;
  }

  private moment(pageId: string): Moment {
    return { pageId, reading: this.own(pageId), cards: this.cards };
  }

  private note(before: Moment, after: Moment, joins: string): void {
    const last = this.past.at(-1);
    if (joins !== '' && last?.joins === joins && last.after.pageId === after.pageId) this.past[this.past.length - 1] = { ...last, after };
    else this.past = [...this.past, { before, after, joins }].slice(-mostSteps);
    this.ahead = [];
  }

  private show({ pageId, reading, cards }: Moment): void {
    this.pages.set(pageId, reading);
    store(pageKey(this.reportId, pageId), isUnread(reading) ? null : writeReading(reading));
    if (cards !== this.cards) {
      this.cards = cards;
      store(cardsKey(this.reportId), Object.keys(cards).length > 0 ? JSON.stringify(cards) : null);
      this.shown.clear(); // they hold on every page
    }
    this.shown.delete(pageId);
    this.version++;
    for (const hear of this.heard) hear();
  }
}

function sameReading(a: Reading, b: Reading): boolean {
  return withoutEmpty(a) === withoutEmpty(b);
}

// A record without entries says what no record says.
function withoutEmpty({ state, view }: Reading): string {
  const parts = [...Object.entries(state), ...Object.entries(view)].filter(([, part]) => part && (typeof part !== 'object' || Object.keys(part).length > 0));
  return JSON.stringify(parts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

// A slider passes over many days before it rests: undoing goes back to where it was taken up.
function joinsAs(step: PageStep): string {
  return step.type === 'asOf' && step.asOf !== '' ? 'asOf' : '';
}

const memories = new Map<string, ReportMemory>();

/** The memory of a report, the same for as long as the program runs. */
export function memoryOf(reportId: string): ReportMemory {
  const memory = memories.get(reportId) ?? new ReportMemory(reportId);
  memories.set(reportId, memory);
  return memory;
}

/** Forgets what is held of every report, as a new start of the program does. What is stored stays. */
export function forgetMemories(): void {
  memories.clear();
}

