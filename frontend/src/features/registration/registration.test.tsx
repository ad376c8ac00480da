import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { consentLink } from './consentLink';
import { Sketch } from './Sketch';
import { permissions, steps } from './texts';

afterEach(cleanup);

describe('the guide', () => {
  it.each(steps)('has a drawing that says what it shows: $id', (step) => {
    render(<Sketch step={step} />);
    expect(screen.getByRole('img', { name: step.drawing })).toBeTruthy();
  });

  it('ticks what it lists, and nothing that writes', () => {
    const step = steps.find((s) => s.id === 'permissions');
    if (!step) throw new Error('no step of permissions');
    const { container } = render(<Sketch step={step} />);
    for (const { name } of permissions) expect(container.textContent).toContain(name);
    expect(permissions.some(({ name }) => /_(write|manage|execute|full)/.test(name))).toBe(false);
  });

  it('makes the link for an administrator once there is a client id', () => {
    expect(consentLink(' 4c2d81e6-0f3a-49b7-9d52-0e8b6f3a7c11 ')).toBe('https://login.microsoftonline.com/organizations/adminconsent?client_id=4c2d81e6-0f3a-49b7-9d52-0e8b6f3a7c11');
    expect(consentLink('')).toBe('');
  });
});
