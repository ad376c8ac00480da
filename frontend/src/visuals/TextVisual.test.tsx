import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { isPicture } from './ImageVisual';
import { blocks, inlines } from './markdown';
import { TextVisual } from './TextVisual';

describe('a text', () => {
  it('is headings, paragraphs, lists and emphasis', () => {
    expect(blocks('## Plan\none\ntwo\n\n- a\n- b\n1. c\n---').map((b) => b.kind)).toEqual(['heading', 'paragraph', 'list', 'list', 'rule']);
    expect(inlines('a **b** *c* `d*e*`')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'strong', parts: [{ kind: 'text', text: 'b' }] },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', parts: [{ kind: 'text', text: 'c' }] },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'd*e*' },
    ]);
  });

  it('leaves names with underscores and lone stars as they are', () => {
    expect(inlines('a_b_c 2 * 3 * 4')).toEqual([{ kind: 'text', text: 'a_b_c 2 * 3 * 4' }]);
  });

  it('never is HTML, and leads nowhere but to the web and to mail', () => {
    const { container } = render(<TextVisual text={'<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://example.org/x) [c](data:text/html,x)'} />);
    expect(container.querySelector('img, script')).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror=alert(1)> a) b c');
    expect(screen.getAllByRole('link').map((a) => a.getAttribute('href'))).toEqual(['https://example.org/x']);
  });

  it('stays quick with text that is made to be slow', () => {
    const before = performance.now();
    blocks(`${'*a'.repeat(20_000)} ${'['.repeat(20_000)} ${'**a*'.repeat(5_000)}`);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe('a picture', () => {
  it('is one of pixels inside the document, and nothing that is fetched or runs', () => {
    expect(isPicture('data:image/png;base64,iVBORw0KGgo=')).toBe(true);
    for (const other of ['https://example.org/a.png', 'data:image/svg+xml;base64,PHN2Zz4=', 'data:text/html;base64,PGI+', 'javascript:alert(1)', '']) expect(isPicture(other)).toBe(false);
  });
});
