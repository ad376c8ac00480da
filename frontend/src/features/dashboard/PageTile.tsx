// A whole page as a tile, live: its visuals on their grid, drawn as their report has them now.
import type { Fault, Page, PageData } from '../../backend/types';
import type { ColorBook } from '../../visuals/colorBook';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualHead } from '../../visuals/VisualHead';
import { RefusedVisual } from '../../visuals/VisualState';
import { subtitleOf } from '../../visuals/visualWords';
import styles from './PageTile.module.css';

export function PageTile({ page, data, colors, fault }: { page: Page; data: PageData | undefined; colors: ColorBook; fault: Fault | null }) {
  if (fault) return <RefusedVisual fault={fault} />;
  return (
    <div className={styles.page}>
      {page.visuals.map((visual) => {
        const answer = data?.visuals.find((v) => v.id === visual.id);
        const { x, y, w, h } = visual.place;
        return (
          <div key={visual.id} className={styles.visual} style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}>
            {visual.type !== 'card' && visual.title && <VisualHead title={visual.title} subtitle={subtitleOf(visual, answer)} legend={[]} selection={null} tile />}
            <div className={styles.body}>
              <VisualBody visual={visual} data={answer} colors={colors} selection={null} />
            </div>
          </div>
        );
      })}
    </div>
  );
}
