// The grid while it is edited: tiles are dragged, resized at their corner, and moved and resized with the arrow keys.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { GridLayout, type Layout } from 'react-grid-layout';
import type { Tile } from '../../backend/types';
import { useSize } from '../../visuals/useSize';
import { layoutOf, moved, placed, resized, samePlaces } from './board';
import styles from './EditGrid.module.css';
import { columns, gap, leastRow } from './layout';
import { texts } from './texts';
import { titleOf } from './tileTitle';

interface EditGridProps {
  tiles: readonly Tile[];
  place: (tiles: Tile[]) => void;
  remove: (tile: Tile) => void;
  say: (text: string) => void;
  draw: (tile: Tile) => ReactNode;
}

const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function EditGrid({ tiles, place, remove, say, draw }: EditGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const rows = Math.max(1, ...tiles.map((t) => t.place.y + t.place.h));
  const rowHeight = Math.max(leastRow, ((size?.height ?? 0) - (rows - 1) * gap) / rows);
  const take = (after: Tile[]) => {
    if (!samePlaces(tiles, after)) place(after);
  };
  const stop = (layout: Layout) => take(placed(tiles, layout));
  const typed = (tile: Tile) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Delete') {
      event.preventDefault();
      remove(tile);
    }
    const [dx, dy] = ways[event.key] ?? [0, 0];
    if ((dx === 0 && dy === 0) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const after = (event.shiftKey ? resized : moved)(tiles, tile.id, dx, dy);
    const at = after.find((t) => t.id === tile.id)?.place ?? tile.place;
    say(texts.stands(titleOf(tile), at.x + 1, at.y + 1, at.w, at.h));
    take(after);
  };
  return (
    <div ref={frame} className={styles.frame}>
      {size && (
        <GridLayout
          className={styles.grid ?? ''}
          width={size.width}
          layout={layoutOf(tiles)}
          gridConfig={{ cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] }}
          dragConfig={{ enabled: true, cancel: 'button, [role="menu"]', threshold: 3 }}
          resizeConfig={{ enabled: true, handles: ['se'] }}
          onDragStop={stop}
          onResizeStop={stop}
        >
          {tiles.map((tile) => (
            <div key={tile.id} role="group" tabIndex={0} aria-label={texts.movable(titleOf(tile))} aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Shift+ArrowRight Delete" className={styles.item} data-edit={tile.id} onKeyDown={typed(tile)}>
              {draw(tile)}
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}
