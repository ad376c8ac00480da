// Which theme is shown, and its colours for CSS, for Fluent and for whoever draws on a canvas.
import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { createContext, useContext, useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';
import { fluentThemes } from './fluentTheme';
import { customProperties, palettes, type Mode, type Palette } from './palette';

/** What a person chose in Settings. */
export type ThemeChoice = 'system' | Mode;

const dark = () => window.matchMedia?.('(prefers-color-scheme: dark)');

function subscribeToSystem(changed: () => void) {
  const query = dark();
  query?.addEventListener('change', changed);
  return () => query?.removeEventListener('change', changed);
}

const systemMode = (): Mode => (dark()?.matches ? 'dark' : 'light');

// Our style sheets come after Fluent's rules in the head and so can change them with a single class.
const renderer = createDOMRenderer(document, {
  insertionPoint: document.head.querySelector<HTMLElement>('meta[name="fluent-styles"]') ?? undefined,
});

const PaletteContext = createContext<Palette>(palettes.light);

/** The resolved colours of the current theme; the object changes only when the theme does. */
export function usePalette(): Palette {
  return useContext(PaletteContext);
}

/** Shows everything inside in the chosen theme; `system` follows the desktop while the program runs. */
export function ThemeProvider({ choice, children }: { choice: ThemeChoice; children: ReactNode }) {
  const system = useSyncExternalStore(subscribeToSystem, systemMode);
  const mode = choice === 'system' ? system : choice;
  const palette = palettes[mode];
  // On the root element, because menus and dialogs are drawn outside the tree of the application.
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = mode;
    root.style.colorScheme = mode;
    for (const [name, value] of Object.entries(customProperties(palette))) root.style.setProperty(name, value);
  }, [mode, palette]);
  return (
    <RendererProvider renderer={renderer}>
      <FluentProvider theme={fluentThemes[mode]}>
        <PaletteContext value={palette}>
          <div className="sl-root">{children}</div>
        </PaletteContext>
      </FluentProvider>
    </RendererProvider>
  );
}
