// Which member has which place in a set of colours. A member keeps its colour for the whole report,
// whatever is filtered away later, so places are given at first appearance and never taken back.
import type { Cell } from '../backend/types';

export class ColorBook {
  private readonly places = new Map<string, Map<string, number>>();

  /** The place, from 0, of a member among those of its group that were met before it. */
  place(group: string, member: Cell): number {
    let seen = this.places.get(group);
    if (!seen) {
      seen = new Map();
      this.places.set(group, seen);
    }
    const key = JSON.stringify(member);
    let at = seen.get(key);
    if (at === undefined) {
      at = seen.size;
      seen.set(key, at);
    }
    return at;
  }

  /** Gives places to members in the order of the model, before a visual meets them in its own. */
  meet(group: string, members: readonly Cell[]): void {
    for (const member of members) if (member !== null) this.place(group, member);
  }
}

const books = new Map<string, ColorBook>();

/** The colours of one dataset: its dashboard and its report agree. */
export function colorBookOf(datasetId: string): ColorBook {
  let book = books.get(datasetId);
  if (!book) {
    book = new ColorBook();
    books.set(datasetId, book);
  }
  return book;
}
