import { describe, expect, it } from 'vitest';
import { actionsOf } from './solving';
import type { Fault } from '../backend/types';

const fault = (more: Partial<Fault>): Fault => ({ code: 'internal', message: 'm', hint: '', facts: [], actions: [], ...more });

describe('what solves a refusal', () => {
  it('is what the program says, and to try again last', () => {
    expect(actionsOf(fault({ code: 'not_member', actions: ['useToken', 'signInElse'] }))).toEqual(['useToken', 'signInElse', 'retry']);
    expect(actionsOf(fault({ actions: ['retry', 'openGuide'] }))).toEqual(['retry', 'openGuide']);
  });

  it('is guessed by its code when the program says nothing', () => {
    expect(actionsOf(fault({ code: 'not_signed_in' }))[0]).toBe('signInAgain');
    expect(actionsOf(fault({ code: 'identity_changed' }))[0]).toBe('signInElse');
    expect(actionsOf(fault({ code: 'disk_full' }))).toEqual(['retry']);
  });
});
