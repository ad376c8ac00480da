import type { Tile } from '../../backend/types';
import { texts } from './texts';

/** The name of a tile: its own, else that of what it shows. */
export function titleOf(tile: Tile): string {
  return tile.title || tile.page?.title || tile.visual.title || (tile.missing ? texts.goneTile : tile.visual.type === 'text' ? texts.textTile : tile.visual.type === 'image' ? texts.imageTile : texts.tile);
}
