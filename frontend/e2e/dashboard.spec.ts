// A dashboard is arranged with the pointer and the keyboard, and is as it was left when it is opened again.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { expect, test } from './program';

const onDashboard = test.extend<{ board: Page }>({
  board: async ({ page, program, loaded }, use) => {
    program.startFrom(loaded);
    await page.goto(await program.start());
    await page.waitForURL(/#\/dashboard\//);
    await expect(page.locator('[data-tile="active-bugs"]')).toContainText(/\d/);
    await use(page);
  },
});

const placeOf = (page: Page, id: string) => page.locator(`[data-tile="${id}"]`).evaluate((e) => {
  const grid = e.parentElement?.getBoundingClientRect();
  const { x, y } = e.getBoundingClientRect();
  return [Math.round((x - (grid?.x ?? 0)) / ((grid?.width ?? 1) / 5)), Math.round(y - (grid?.y ?? 0))];
});

onDashboard('a tile is moved by keys and pointer, resized, deleted and brought back', async ({ board: page }) => {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const tile = page.locator('[data-edit="active-bugs"]');
  await expect(tile).toBeVisible();
  await expectAccessible(page, 'a dashboard that is edited');
  await tile.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText('Active bugs: column 1, row 1, 2 wide, 1 high')).toBeVisible();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByText('Active bugs: column 1, row 1, 1 wide, 1 high')).toBeVisible();

  const from = await tile.boundingBox();
  const other = await page.locator('[data-edit="bug-lead-time"]').boundingBox();
  if (!from || !other) throw new Error('no tiles');
  await page.mouse.move(from.x + 40, from.y + 40);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 60, { steps: 4 });
  await page.mouse.move(other.x + 45, from.y + 45, { steps: 10 });
  await page.mouse.up();
  const stored = page.waitForResponse((r) => r.url().endsWith('/call/Dashboards/Save'));
  await page.locator('[data-edit="bug-lead-time"]').focus();
  await page.keyboard.press('Delete');
  await stored;
  await expect(page.locator('[data-edit="bug-lead-time"]')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-edit="bug-lead-time"]')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  const [column] = await placeOf(page, 'active-bugs');
  expect(column, 'the tile was dragged away from the first column').toBe(2);
  await page.reload();
  await expect(page.locator('[data-tile="active-bugs"]')).toContainText(/\d/);
  expect((await placeOf(page, 'active-bugs'))[0]).toBe(2);
  await expect(page.locator('[data-tile="bug-lead-time"]')).toBeVisible();
});

onDashboard('texts and pictures are added, and a file that is no picture is refused', async ({ board: page }) => {
  await page.getByRole('button', { name: 'Add tile' }).click();
  await page.getByRole('menuitem', { name: 'Text' }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill('# Goal\n**Fewer** bugs <img src=x>');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Goal' })).toBeVisible();
  await expect(page.getByText('<img src=x>')).toBeVisible();

  await page.getByRole('button', { name: 'Add tile' }).click();
  await page.getByRole('menuitem', { name: 'Picture from a file' }).click();
  const file = page.getByLabel('Picture', { exact: true });
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await expect(page.getByRole('alert')).toHaveText('This file is no PNG, JPEG, GIF or WebP picture.');
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') });
  await page.getByRole('dialog').getByRole('textbox', { name: 'Title', exact: true }).fill('Logo');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('img', { name: 'Logo' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('figure', { name: 'Logo' })).toBeVisible();
});

onDashboard('full screen is entered from the menu and left with Esc', async ({ board: page }) => {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Full screen' }).click();
  await expect(page.getByRole('button', { name: 'Leave full screen' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Leave full screen' })).toHaveCount(0);
});

onDashboard('dashboards are made, filled from a report, copied and deleted', async ({ board: page, loaded }) => {
  const navigation = page.getByRole('navigation', { name: 'Navigation' });
  await navigation.getByRole('button', { name: 'New dashboard' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Standup');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Standup' })).toBeVisible();
  await expect(page.getByText('Nothing is pinned to this dashboard yet.')).toBeVisible();

  await page.evaluate((id) => { window.location.hash = `#/report/${id}/open-bug-status`; }, loaded.reportId);
  const visual = page.getByRole('figure', { name: 'Priority' });
  await visual.hover();
  await visual.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('menuitem', { name: 'Pin to dashboard' }).click();
  await page.getByRole('combobox', { name: 'Dashboard' }).selectOption('Standup');
  await expectAccessible(page, 'the dialog that pins');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Go to dashboard' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Standup' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Priority' })).toBeVisible();

  await page.evaluate((id) => { window.location.hash = `#/report/${id}/open-bug-status`; }, loaded.reportId);
  await page.getByRole('button', { name: 'Pin the page' }).click();
  await page.getByRole('combobox', { name: 'Dashboard' }).selectOption('Standup');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Go to dashboard' }).click();
  const whole = page.getByRole('figure', { name: 'Open Bug Status' });
  await expect(whole.getByRole('heading', { name: 'Severity' })).toBeVisible();

  if (!(await navigation.getByRole('button', { name: 'More options for Standup' }).count())) await page.getByRole('button', { name: 'Expand navigation' }).click();
  await navigation.getByRole('link', { name: 'Standup' }).hover();
  await navigation.getByRole('button', { name: 'More options for Standup' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Copy of Standup' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Priority' })).toBeVisible();
  await navigation.getByRole('link', { name: 'Copy of Standup' }).hover();
  await navigation.getByRole('button', { name: 'More options for Copy of Standup' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete dashboard' }).click();
  await expect(navigation.getByRole('link', { name: 'Copy of Standup' })).toHaveCount(0);
  await expect(navigation.getByRole('link', { name: 'Standup' })).toHaveCount(1);
});
