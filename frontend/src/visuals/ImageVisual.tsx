// A picture on a page. It is part of the document: nothing is fetched for it.
import styles from './TextVisual.module.css';
import { EmptyVisual } from './VisualState';

/** Pictures of pixels only: an SVG could hold more than a picture. */
export const isPicture = (url: string) => /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/.test(url);

export function ImageVisual({ source, name }: { source: string; name: string }) {
  if (!isPicture(source)) return <EmptyVisual reason="The document holds no picture here" />;
  return <img className={styles.picture} src={source} alt={name} draggable={false} />;
}
