// The design tokens resolved for one theme. tokens.json is the only place with colour values.
import tokens from './tokens.json';

export { tokens };

/** The two themes a screen can be drawn in. */
export type Mode = 'light' | 'dark';

type Remark = '$comment' | '$note';

// A pair of a light and a dark value becomes one string; everything else keeps its shape and its key names.
type Resolved<T> = T extends { light: string; dark: string }
  ? string
  : T extends string | number | readonly string[]
    ? T
    : { readonly [K in keyof T as K extends Remark ? never : K]: Resolved<T[K]> };

/** Every colour and shadow of one theme, under the key names of tokens.json: `palette.color.neutral.canvas`. */
export interface Palette {
  readonly mode: Mode;
  readonly color: Resolved<typeof tokens.color>;
  readonly elevation: Resolved<typeof tokens.elevation>;
  readonly highlight: typeof tokens.highlight;
}

function resolve<T>(node: T, mode: Mode): Resolved<T> {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node as Resolved<T>;
  const pair = node as Partial<Record<Mode, string>>;
  if (typeof pair.light === 'string' && typeof pair.dark === 'string') return pair[mode] as Resolved<T>;
  const kept = Object.entries(node).filter(([key]) => key !== '$comment' && key !== '$note');
  return Object.fromEntries(kept.map(([key, value]) => [key, resolve(value, mode)])) as Resolved<T>;
}

function build(mode: Mode): Palette {
  return {
    mode,
    color: resolve(tokens.color, mode),
    elevation: resolve(tokens.elevation, mode),
    highlight: tokens.highlight,
  };
}

/** Both palettes, made once: the same object is handed out every time, so it can stand in a dependency list. */
export const palettes: Readonly<Record<Mode, Palette>> = { light: build('light'), dark: build('dark') };

const kebab = (text: string) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// Groups whose members are named without the group, because they are used on every line: --sl-canvas, --sl-sun.
const plainGroups = new Set(['neutral', 'accent', 'status']);

/**
 * The palette as CSS custom properties: `--sl-canvas`, `--sl-brand-fill`, `--sl-sun`, `--sl-success`,
 * `--sl-state-category-proposed`, `--sl-elevation-menu`. Other groups carry their own name as prefix.
 */
export function customProperties(palette: Palette): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [group, members] of Object.entries(palette.color)) {
    const prefix = plainGroups.has(group) ? '--sl-' : `--sl-${kebab(group)}-`;
    for (const [name, value] of Object.entries(members)) {
      if (typeof value === 'string' && !name.startsWith('$')) out[prefix + kebab(name)] = value;
    }
  }
  for (const [name, value] of Object.entries(palette.elevation)) out[`--sl-elevation-${kebab(name)}`] = value;
  return out;
}
