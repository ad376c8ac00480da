// Which of thousands of marks is nearest to a point: they are kept by squares of the drawing.
import type { Point } from './geometry';
import type { Mark } from './model';

const side = 24;

export class NearestMark {
  private readonly squares = new Map<string, number[]>();
  private readonly marks: readonly Mark[];

  constructor(marks: readonly Mark[]) {
    this.marks = marks;
    marks.forEach((m, i) => {
      const { x, y } = middleOf(m);
      const key = `${Math.floor(x / side)} ${Math.floor(y / side)}`;
      const own = this.squares.get(key);
      if (own) own.push(i);
      else this.squares.set(key, [i]);
    });
  }

  /** The position of the nearest mark whose edge is within `reach` pixels, or null. */
  find(p: Point, reach: number): number | null {
    const far = Math.ceil((reach + side) / side);
    const column = Math.floor(p.x / side);
    const row = Math.floor(p.y / side);
    let best: number | null = null;
    let least = reach;
    for (let dx = -far; dx <= far; dx++) {
      for (let dy = -far; dy <= far; dy++) {
        for (const i of this.squares.get(`${column + dx} ${row + dy}`) ?? []) {
          const m = this.marks[i];
          if (!m) continue;
          const c = middleOf(m);
          const apart = Math.hypot(c.x - p.x, c.y - p.y) - m.rect.width / 2;
          if (apart < least) {
            least = apart;
            best = i;
          }
        }
      }
    }
    return best;
  }
}

const middleOf = ({ rect }: Mark): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
