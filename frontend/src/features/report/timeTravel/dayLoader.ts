// Loads what a page shows on days to come before they are needed, a few at a time, and keeps only those near.

export class DayLoader<T> {
  private readonly kept = new Map<string, T>();
  private readonly coming = new Map<string, Promise<void>>();
  private wanted: string[] = [];
  private ended = false;

  private arrived: (day: string, loaded: T | undefined, fault?: unknown) => void = () => undefined;

  constructor(
    private readonly load: (day: string) => Promise<T>,
    private readonly atOnce = 3,
    private readonly most = 24,
  ) {}

  /** Tells that a day has come, or why it has not. */
  tell(arrived: (day: string, loaded: T | undefined, fault?: unknown) => void): void {
    this.arrived = arrived;
  }

  get(day: string): T | undefined {
    return this.kept.get(day);
  }

  /** These days are wanted now, the most urgent first; earlier wishes that have not begun are forgotten. */
  want(days: readonly string[]): void {
    this.wanted = days.filter((day) => !this.kept.has(day) && !this.coming.has(day));
    this.begin();
  }

  /** Nothing more is asked for or told. */
  end(): void {
    this.ended = true;
    this.wanted = [];
    this.kept.clear();
  }

  private begin(): void {
    while (!this.ended && this.coming.size < this.atOnce) {
      const day = this.wanted.shift();
      if (day === undefined) return;
      this.coming.set(day, this.fetch(day));
    }
  }

  private async fetch(day: string): Promise<void> {
    let fault: unknown;
    let loaded: T | undefined;
    try {
      loaded = await this.load(day);
      if (this.ended) return;
      this.kept.set(day, loaded);
      const oldest = this.kept.keys().next().value;
      if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
    } catch (e) {
      fault = e;
    } finally {
      this.coming.delete(day);
    }
    if (this.ended) return;
    this.arrived(day, loaded, fault);
    this.begin();
  }
}
