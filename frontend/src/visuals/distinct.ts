// Members of one name told apart. An area or an iteration goes by its last node as long as no other one of
// the same answer does; then it takes as much of its path as tells them apart.
import type { Dimension, Member, Result } from '../backend/types';

/** The result with labels that name one member each. Paths keep the backslash that Azure DevOps writes. */
export function withDistinctLabels<R extends Result | null>(result: R): R {
  if (!result?.dimensions.some((d) => isTree(d) && clashes(d.members).size > 0)) return result;
  return { ...result, dimensions: result.dimensions.map((d) => (isTree(d) ? { ...d, members: distinct(d.members) } : d)) };
}

const isTree = (d: Dimension) => d.role === 'area' || d.role === 'iteration';

function clashes(members: readonly Member[]): Set<string> {
  const met = new Set<string>();
  const twice = new Set<string>();
  for (const { label } of members) (met.has(label) ? twice : met).add(label);
  return twice;
}

function distinct(members: readonly Member[]): Member[] {
  const twice = clashes(members);
  return members.map((m) => (twice.has(m.label) && m.detail ? { ...m, label: shortest(m, members) } : m));
}

function shortest(member: Member, members: readonly Member[]): string {
  const path = member.detail ?? member.label;
  const nodes = path.split('\\');
  for (let length = 2; length < nodes.length; length++) {
    const end = nodes.slice(-length).join('\\');
    if (!members.some((m) => m !== member && m.detail?.endsWith(`\\${end}`))) return end;
  }
  return path;
}
