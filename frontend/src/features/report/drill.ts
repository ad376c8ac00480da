// Where a visual stands in its levels, and where each tool leads. Pure.
import type { Drill, Filter, Visual } from '../../backend/types';

const top: Drill = { level: 0 };

const last = (visual: Visual) => (visual.levels ?? []).length - 1;

/** Whether a visual has levels to go through. */
export const hasLevels = (visual: Visual) => last(visual) > 0;

export const canGoDown = (visual: Visual, drill: Drill = top) => drill.level < last(visual);
export const canGoUp = (drill: Drill = top) => drill.level > 0 || (drill.path ?? []).length > 0;

/** All members at the next level. */
export const nextLevel = (drill: Drill = top): Drill => ({ ...drill, level: drill.level + 1, expanded: false });

/** The next level inside those that are shown. */
export const expand = (drill: Drill = top): Drill => ({ ...drill, level: drill.level + 1, expanded: true });

/** One level up: what was expanded folds, what was drilled into is left. */
export function up(drill: Drill = top): Drill {
  const path = drill.path ?? [];
  const level = Math.max(0, drill.level - 1);
  if (drill.expanded && level > path.length) return { ...drill, level };
  if (drill.expanded || path.length < drill.level) return { ...drill, level, expanded: false, path: path.slice(0, level) };
  return { ...drill, level, expanded: false, path: path.slice(0, -1) };
}

/** Into what a mark stands for; null when the mark says nothing of the levels shown or there is none below. */
export function into(visual: Visual, mark: readonly Filter[], drill: Drill = top): Drill | null {
  const levels = visual.levels ?? [];
  const shown = new Set(levels.slice(0, drill.level + 1).map((level) => level.field));
  const picked = mark.filter((f) => shown.has(f.field));
  if (picked.length === 0 || !canGoDown(visual, drill)) return null;
  return { level: drill.level + 1, path: [...(drill.path ?? []), ...picked] };
}
