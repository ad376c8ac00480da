// A picture from a file of the person, as a data URL. Its kind is read from its first bytes, never from its name.
import { texts } from './texts';

const mostBytes = 2 << 20;

export function kindOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.slice(0, 12));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : null;
}

/** The data URL, or the sentence that says why there is none. */
export async function readPicture(file: File): Promise<{ url: string } | { refused: string }> {
  if (file.size > mostBytes) return { refused: texts.bigPicture };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  if (!kind) return { refused: texts.noPicture };
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return { url: `data:${kind};base64,${btoa(text)}` };
}
