import { describe, expect, it } from 'vitest';
import { addPatterns, aroundSuggestion, endsPattern, meantBy, replacePattern, splitPatterns } from './patterns';

describe('typed project patterns', () => {
  it('end at commas, semicolons and lines; a space belongs to the name', () => {
    expect(splitPatterns(' Fleet Ops, Harbor*;\nTest1\r\n\tApp ,, ')).toEqual(['Fleet Ops', 'Harbor*', 'Test1', 'App']);
  });
  it('are kept once, whatever the case, where they first stood', () => {
    expect(addPatterns(['Harbor*', 'App'], 'harbor*, Test*')).toEqual(['Harbor*', 'App', 'Test*']);
  });
  it('become a chip when the text ends one', () => {
    expect(endsPattern('Harbor*,')).toBe(true);
    expect(endsPattern('Fleet Ops')).toBe(false);
  });
  it('are replaced by what was suggested, without a second copy', () => {
    expect(replacePattern(['A', 'T*st', 'B'], 'T*st', 'T*')).toEqual(['A', 'T*', 'B']);
    expect(replacePattern(['T*', 'T*st'], 'T*st', 'T*')).toEqual(['T*']);
  });
});

describe('a sentence with a suggestion', () => {
  it('is cut around it, so that it can be pressed', () => {
    expect(aroundSuggestion('Try T* for every project that begins with T.', 'T*')).toEqual(['Try ', ' for every project that begins with T.']);
    expect(aroundSuggestion('Shorten it.', 'T*')).toBeNull();
    expect(aroundSuggestion('Shorten it.', '')).toBeNull();
  });
  it('names the pattern that was meant', () => {
    expect(meantBy('Did you mean Harbor*?')).toBe('Harbor*');
    expect(meantBy('Choose one of the projects below, or type * for all of them.')).toBe('');
  });
});
