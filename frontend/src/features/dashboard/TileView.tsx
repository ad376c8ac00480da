// A tile: a visual, a page, a text or a picture without inner interaction. A click anywhere, or Enter, opens its report page.
import { useId, useState, type CSSProperties } from 'react';
import type { PageData, Tile, VisualData } from '../../backend/types';
import { href, type Route } from '../../ui/navigation';
import { usePalette } from '../../ui/theme';
import { chartTypes } from '../../visuals/chartTypes';
import type { ColorBook } from '../../visuals/colorBook';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualHead } from '../../visuals/VisualHead';
import { EmptyVisual } from '../../visuals/VisualState';
import { subtitleOf, visualInWords } from '../../visuals/visualWords';
import { PageTile } from './PageTile';
import { texts } from './texts';
import { TileMenu, type TileActions } from './TileMenu';
import { titleOf } from './tileTitle';
import styles from './TileView.module.css';

interface TileViewProps {
  tile: Tile;
  data: VisualData | undefined;
  /** The numbers of a whole page, when the tile is one. */
  pageData: PageData | undefined;
  colors: ColorBook;
  /** Where a click leads; null for texts and pictures. */
  page: Route | null;
  /** When the data were refreshed; '' when never. */
  refreshed: string;
  actions: TileActions;
  /** It is being arranged: a click opens nothing. */
  editing?: boolean;
  style?: CSSProperties;
}

export function TileView({ tile, data, pageData, colors, page, refreshed, actions, editing, style }: TileViewProps) {
  const { visual, missing } = tile;
  const described = useId();
  const [asTable, setAsTable] = useState(false);
  const [menu, setMenu] = useState(false);
  const title = titleOf(tile);
  const still = visual.type === 'text' || visual.type === 'image';
  const numbers = !still && !tile.page && !missing;
  const said = missing || tile.page ? (missing ? missing : texts.wholePage) : visualInWords(visual, data);
  return (
    <figure aria-label={title} aria-describedby={described} data-tile={tile.id} className={`${styles.tile} ${menu ? styles.open : ''}`} style={style}>
      <p id={described} className="sl-unseen">
        {said}
      </p>
      <Head tile={tile} title={still ? tile.title : title} data={data} colors={colors} asTable={asTable} numbers={numbers} />
      {page && !editing && <a className={styles.cover} href={href(page)} aria-label={texts.opens(title)} draggable={false} />}
      {/* A table is read and scrolled, so it lies above the link; a drawing lies under it. */}
      <div className={`${styles.body} ${visual.type === 'card' || still ? styles.card : ''} ${asTable && !editing ? styles.above : ''}`} inert={editing ?? false}>
        {missing ? (
          <EmptyVisual reason={missing} />
        ) : tile.page ? (
          <PageTile page={tile.page} data={pageData} colors={colors} fault={data?.fault ?? null} />
        ) : (
          <VisualBody visual={still ? { ...visual, title } : visual} data={data} colors={colors} selection={null} asTable={asTable} tile={!asTable} />
        )}
      </div>
      {tile.refreshed && refreshed && <p className={styles.refreshed}>{texts.refreshed(refreshed)}</p>}
      <div className={styles.tools}>
        {refreshed && !still && !tile.refreshed && <span>{texts.refreshed(refreshed)}</span>}
        <TileMenu title={title} page={page} numbers={numbers} asTable={asTable} onAsTable={setAsTable} actions={actions} open={menu} onOpen={setMenu} />
      </div>
    </figure>
  );
}

function Head({ tile, title, data, colors, asTable, numbers }: { tile: Tile; title: string; data: VisualData | undefined; colors: ColorBook; asTable: boolean; numbers: boolean }) {
  const palette = usePalette();
  const { visual } = tile;
  const type = numbers ? chartTypes[visual.type] : undefined;
  const legend = !asTable && type && data?.result ? type.legend({ visual, result: data.result, palette, colors, tile: true }) : [];
  const own = tile.page ? (tile.page.subtitle ?? '') : numbers ? subtitleOf(visual, data) : '';
  const subtitle = tile.subtitle || own;
  if (!title && !subtitle) return null;
  return <VisualHead title={title} subtitle={subtitle} legend={legend} selection={null} tile />;
}
