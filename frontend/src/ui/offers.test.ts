import { describe, expect, it, vi } from 'vitest';
import type { FaultAction } from '../backend/types';
import { faultText, offersOf } from './offers';

const every: FaultAction[] = [
  'signInElse', 'signInAgain', 'normalBrowser', 'useDeviceCode', 'useToken', 'askConsent', 'openGuide', 'copyForAdmin', 'editName', 'editProjects',
  'unlockKeys', 'retry',
];

describe('the buttons of a refusal', () => {
  it('stand in the order of the program and do what the screen can', () => {
    const retry = vi.fn();
    const offers = offersOf(['signInAgain', 'retry'], { retry, signInAgain: () => undefined });
    expect(offers.map((o) => o.action)).toEqual(['signInAgain', 'retry']);
    offers[1]?.run();
    expect(retry).toHaveBeenCalledOnce();
  });

  it('leave out what this screen cannot do, what nobody knows, and what was said twice', () => {
    expect(offersOf(['useToken', 'explode', 'retry', 'retry'], { retry: () => undefined, explode: () => undefined }).map((o) => o.action)).toEqual(['retry']);
  });

  it('have words for every action there is', () => {
    const can = Object.fromEntries(every.map((action) => [action, () => undefined]));
    const offers = offersOf(every, can);
    expect(offers).toHaveLength(every.length);
    expect(new Set(offers.map((o) => o.label)).size).toBe(every.length);
  });

  it('can be named by the person they are about', () => {
    expect(offersOf(['signInAgain'], { signInAgain: () => undefined }, { signInAgain: 'Sign in again as Mira' })[0]?.label).toBe('Sign in again as Mira');
  });
});

it('a refusal is copied with its facts', () => {
  expect(faultText({ message: 'Refused.', hint: '', facts: [{ name: 'Correlation id', value: 'abc' }] })).toBe('Refused.\nCorrelation id: abc');
});
