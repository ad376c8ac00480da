import { afterEach, describe, expect, it, vi } from 'vitest';
import { firstKnown, locale } from './locale';
import { number } from './numbers';

afterEach(() => vi.restoreAllMocks());

describe('the locale of the person', () => {
  it('passes over what is no language: a Linux without settings says C', () => {
    expect(firstKnown(['C'])).toBe('en-GB');
    expect(firstKnown(['', 'POSIX', 'de-CH'])).toBe('de-CH');
    expect(firstKnown([])).toBe('en-GB');
  });

  it('lets numbers be written whatever the host calls its language', () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('C');
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['C']);
    window.dispatchEvent(new Event('languagechange'));
    expect(locale()).toBe('en-GB');
    expect(number(1234)).toBe('1,234');
  });
});
