// The small part of Markdown that a text visual may hold: headings, paragraphs, lists, emphasis, code, links.
// What is not understood stays as it was written. HTML is text.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; parts: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; parts: Inline[] };

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; parts: Inline[] }
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'rule' };

/** Only these lead anywhere; any other link is drawn as its words. */
const safe = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i;

const inlinePattern = /\*\*(?<strong>[^*\n]+(?:\*[^*\n]+\*[^*\n]*)*)\*\*|\*(?<star>[^*\s][^*\n]*)\*|(?<![\p{L}\p{N}])_(?<low>[^_\s][^_\n]*)_(?![\p{L}\p{N}])|`(?<code>[^`\n]+)`|\[(?<words>[^\]\n]+)\]\((?<href>[^)\s]+)\)/u;

/** The pieces of one line. */
export function inlines(line: string): Inline[] {
  const out: Inline[] = [];
  let rest = line;
  while (rest !== '') {
    const found = inlinePattern.exec(rest);
    if (!found?.groups) break;
    if (found.index > 0) out.push({ kind: 'text', text: rest.slice(0, found.index) });
    const { strong, star, low, code, words, href } = found.groups;
    if (strong !== undefined) out.push({ kind: 'strong', parts: inlines(strong) });
    else if (code !== undefined) out.push({ kind: 'code', text: code });
    else if (words !== undefined && href !== undefined) out.push(...(safe.test(href) ? [{ kind: 'link', href, parts: inlines(words) } as Inline] : inlines(words)));
    else out.push({ kind: 'emphasis', parts: inlines(star ?? low ?? '') });
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '') out.push({ kind: 'text', text: rest });
  return out;
}

/** The blocks of a text. An empty line ends a paragraph; a line break inside one stays. */
export function blocks(text: string): Block[] {
  const out: Block[] = [];
  let open: Block | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const heading = /^(#{1,3})\s+(.+)$/.exec(line);
    const item = /^(?:([-*+])|\d{1,9}[.)])\s+(.+)$/.exec(line);
    if (line === '') {
      open = null;
    } else if (heading) {
      out.push({ kind: 'heading', level: (heading[1] ?? '#').length as 1 | 2 | 3, parts: inlines(heading[2] ?? '') });
      open = null;
    } else if (/^(?:-{3,}|\*{3,}|_{3,})$/.test(line)) {
      out.push({ kind: 'rule' });
      open = null;
    } else if (item) {
      const ordered = item[1] === undefined;
      if (open?.kind !== 'list' || open.ordered !== ordered) {
        open = { kind: 'list', ordered, items: [] };
        out.push(open);
      }
      open.items.push(inlines(item[2] ?? ''));
    } else if (open?.kind === 'paragraph') {
      open.lines.push(inlines(line));
    } else {
      open = { kind: 'paragraph', lines: [inlines(line)] };
      out.push(open);
    }
  }
  return out;
}
