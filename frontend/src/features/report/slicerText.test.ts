import { expect, it } from 'vitest';
import type { Slicer, SlicerData } from '../../backend/types';
import { slicerText } from './Slicer';

const data = (picked: string[] | null): SlicerData => ({ id: 's', members: [{ value: 'Web\\Sprint 47', label: 'Web\\Sprint 47' }, { value: 'Alpha', label: 'Alpha' }], fault: null, picked });
const sprint: Slicer = { id: 's', title: 'Sprint', field: 'Iterations[Iteration path]', default: { field: 'Iterations[Iteration path]', op: 'current' } };
const project: Slicer = { id: 's', title: 'Project', field: 'Projects[Project]', default: { field: 'Projects[Project]', op: 'top', values: [1] } };

it('names what was found for the default of a slicer', () => {
  expect(slicerText(sprint, data(['Web\\Sprint 47']), {})).toBe('Sprint 47 (current)');
  expect(slicerText(project, data(['Alpha']), {})).toBe('Alpha');
  expect(slicerText(project, data(null), { slicers: { s: [] } })).toBe('All');
});
