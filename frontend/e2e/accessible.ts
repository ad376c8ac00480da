// What axe finds on a page: nothing serious, nothing critical.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './program';

/** The test goes on when something is found, so that all screens are looked at, and fails at its end. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // What lies under the pointer is in a passing state, which the dark theme draws brighter.
  await page.mouse.move(0, 0);
  // Tabster's guards at the edges of a dialog are focusable on purpose: whoever reaches one is led on at once.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  expect.soft(bad.map((v) => `${v.id}: ${v.help}; ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join(' | ')}`), screen).toEqual([]);
}
