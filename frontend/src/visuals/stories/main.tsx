// A page of drawings for whoever changes them; no part of the product. `npx vite` in frontend/, then
// /src/visuals/stories/index.html?theme=dark&set=time&width=400
import '../../ui/global.css';
import { createRoot } from 'react-dom/client';
import type { VisualData } from '../../backend/types';
import { ThemeProvider, type ThemeChoice } from '../../ui/theme';
import { ColorBook } from '../colorBook';
import { VisualBody } from '../VisualBody';
import { VisualFrame, type VisualActions } from '../VisualFrame';
import { sets, type Story } from './stories';

const asked = new URLSearchParams(location.search);
const nothing = () => {};
const actions = { asTable: nothing, focus: nothing, exportCsv: nothing, pick: nothing } as unknown as VisualActions;
const colors = new ColorBook();

function One({ story, table }: { story: Story; table: boolean }) {
  const { visual, result, selection = null, loading } = story;
  const data: VisualData | undefined = loading ? undefined : { id: visual.id, result, spark: null, follows: '', subtitle: '', fault: null };
  return (
    <VisualFrame visual={visual} data={data} colors={colors} selection={selection} sharedNotes={[]} asTable={table} focused={false} actions={actions} style={{ gridColumn: `span ${visual.place.w}`, height: visual.place.h * 56 }}>
      <VisualBody visual={visual} data={data} colors={colors} selection={selection} asTable={table} onPick={nothing} onOpenItem={nothing} />
    </VisualFrame>
  );
}

function Page() {
  const list = (sets[asked.get('set') ?? 'flow'] ?? []).map((story, i) => ({ ...story, visual: { ...story.visual, id: `v${i}` } }));
  return (
    <main style={{ display: 'grid', gridTemplateColumns: 'repeat(12, minmax(0, 1fr))', gap: 12, padding: 16, background: 'var(--sl-canvas)', minHeight: '100vh' }}>
      {list.map((story) => (
        <One key={story.visual.id} story={story} table={asked.has('table')} />
      ))}
    </main>
  );
}

const root = document.getElementById('root');
document.documentElement.dataset.still = '';
// The page scrolls here, other than in the program.
document.documentElement.style.overflow = 'auto';
document.body.style.cssText = 'overflow: auto; height: auto';
if (root) {
  createRoot(root).render(
    <ThemeProvider choice={(asked.get('theme') ?? 'light') as ThemeChoice}>
      <Page />
    </ThemeProvider>,
  );
}
