// A visual as a picture: what is on the screen with its title and legend, twice as sharp, without its tools.
import type { Options } from 'html-to-image/lib/types';
import { fontFaces } from './fontFaces';

// Answer to pointer and keyboard, say nothing to the eye.
const unseen = '[role="toolbar"], [role="listbox"], .sl-unseen';

/** Draws the visual as a PNG. Rejects when the engine of the window refuses to. */
export async function pictureOf(visual: string): Promise<Blob> {
  const node = document.querySelector<HTMLElement>(`figure[data-visual="${CSS.escape(visual)}"]`);
  if (!node) throw new Error('The visual is not on the page.');
  const { toBlob } = await import('html-to-image');
  const options: Options = {
    pixelRatio: 2,
    // Its own way to the fonts sets the base of a document, which no page of ours allows.
    fontEmbedCSS: await fontFaces(),
    backgroundColor: getComputedStyle(node).backgroundColor,
    style: { margin: '0', transform: 'none', boxShadow: 'none' },
    filter: (part) => !(part instanceof Element && part.matches(unseen)),
  };
  const picture = await toBlob(node, options);
  if (!picture) throw new Error('The picture is empty.');
  return picture;
}

/** The bytes of a picture in base64. */
export async function base64Of(picture: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The picture cannot be read.')));
    reader.readAsDataURL(picture);
  });
  return url.slice(url.indexOf(',') + 1);
}
