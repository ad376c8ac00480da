import { describe, expect, it } from 'vitest';
import type { Member, Result } from '../backend/types';
import { withDistinctLabels } from './distinct';

const area = (path: string): Member => ({ value: path, label: path.split('\\').pop() ?? path, detail: path });
const answer = (members: Member[]): Result => ({
  dimensions: [{ field: 'Areas[Area]', name: 'Area', type: 'text', role: 'area', members }],
  rowGroups: 1, values: [], rows: [], total: { keys: [], values: [] }, asOf: '', timeZone: 'UTC', generation: 1,
});
const labels = (...paths: string[]) => withDistinctLabels(answer(paths.map(area))).dimensions[0]?.members.map((m) => m.label);

describe('areas of one name', () => {
  it('take the part of their paths that tells them apart', () => {
    expect(labels('Web\\Shared', 'Mobile\\Shared', 'Web\\Checkout')).toEqual(['Web\\Shared', 'Mobile\\Shared', 'Checkout']);
    expect(labels('A\\X\\Shared', 'A\\Y\\Shared')).toEqual(['X\\Shared', 'Y\\Shared']);
    expect(labels('A\\X\\Shared', 'B\\X\\Shared')).toEqual(['A\\X\\Shared', 'B\\X\\Shared']);
  });
  it('are left as they are where names are enough', () => {
    const of = answer([area('Web\\Shared'), area('Web')]);
    expect(withDistinctLabels(of)).toBe(of);
  });
});
