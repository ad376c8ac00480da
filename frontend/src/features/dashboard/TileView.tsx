// A tile: one visual without inner interaction. A click anywhere, or Enter, opens its report page.
import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { Table20Regular } from '@fluentui/react-icons/svg/table';
import { useId, useState, type CSSProperties } from 'react';
import type { Tile, VisualData } from '../../backend/types';
import { Button } from '../../ui/Button';
import { href, navigate, type Route } from '../../ui/navigation';
import { usePalette } from '../../ui/theme';
import { chartTypes } from '../../visuals/chartTypes';
import type { ColorBook } from '../../visuals/colorBook';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualHead } from '../../visuals/VisualHead';
import { subtitleOf, visualInWords } from '../../visuals/visualWords';
import { texts } from './texts';
import styles from './TileView.module.css';

interface TileViewProps {
  tile: Tile;
  data: VisualData | undefined;
  colors: ColorBook;
  /** Where a click leads. */
  page: Route;
  /** When the data were refreshed, as shown on hover; '' when never. */
  refreshed: string;
  onExport: () => void;
  style: CSSProperties;
}

export function TileView({ tile, data, colors, page, refreshed, onExport, style }: TileViewProps) {
  const { visual } = tile;
  const palette = usePalette();
  const described = useId();
  const [asTable, setAsTable] = useState(false);
  const [menu, setMenu] = useState(false);
  const type = chartTypes[visual.type];
  const legend = !asTable && type && data?.result ? type.legend({ visual, result: data.result, palette, colors, tile: true }) : [];
  const subtitle = subtitleOf(visual, data);
  return (
    <figure aria-label={visual.title} aria-describedby={described} data-tile={tile.id} className={`${styles.tile} ${menu ? styles.open : ''}`} style={style}>
      <p id={described} className="sl-unseen">
        {visualInWords(visual, data)}
      </p>
      <VisualHead title={visual.title} subtitle={subtitle} legend={legend} selection={null} tile />
      <a className={styles.cover} href={href(page)} aria-label={texts.opens(visual.title)} />
      {/* A table is read and scrolled, so it lies above the link; a drawing lies under it. */}
      <div className={`${styles.body} ${visual.type === 'card' ? styles.card : ''} ${asTable ? styles.above : ''}`}>
        <VisualBody visual={visual} data={data} colors={colors} selection={null} asTable={asTable} tile={!asTable} />
      </div>
      <div className={styles.tools}>
        {refreshed && <span>{texts.refreshed(refreshed)}</span>}
        <Menu open={menu} onOpenChange={(_, d) => setMenu(d.open)} positioning={{ position: 'below', align: 'end' }}>
          <MenuTrigger disableButtonEnhancement>
            <Button look="subtle" size="small" icon={<MoreHorizontal20Regular />} aria-label={texts.more(visual.title)} />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem icon={<Open20Regular />} onClick={() => navigate(page)}>
                {texts.goToReport}
              </MenuItem>
              <MenuItem icon={asTable ? <DataBarVertical20Regular /> : <Table20Regular />} onClick={() => setAsTable(!asTable)}>
                {asTable ? texts.asVisual : texts.asTable}
              </MenuItem>
              <MenuItem icon={<ArrowDownload20Regular />} onClick={onExport}>
                {texts.export}
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
    </figure>
  );
}
