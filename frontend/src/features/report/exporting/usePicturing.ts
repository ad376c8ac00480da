// Saves a visual as a picture, or copies it.
import { useMemo } from 'react';
import { exports as files } from '../../../backend/api';
import { faultOf } from '../../../backend/call';
import type { Page } from '../../../backend/types';
import { offerFile } from '../../../ui/download';
import { base64Of, pictureOf } from './picture';
import { texts } from './texts';

type Say = (text: string, tone?: 'plain' | 'danger') => void;

export interface Picturing {
  savePicture: (visual: string) => void;
  copyPicture: (visual: string) => void;
}

export function usePicturing(page: Page, say: Say): Picturing {
  return useMemo(() => {
    const save = async (id: string) => {
      const title = page.visuals.find((v) => v.id === id)?.title || page.title;
      let picture: Blob;
      try {
        picture = await pictureOf(id);
      } catch {
        return say(texts.noPicture, 'danger');
      }
      try {
        const saved = await files.savePicture(title, await base64Of(picture));
        if (saved.download) {
          offerFile(`${title}.png`, picture);
          say(texts.offered(`${title}.png`));
        } else if (!saved.canceled) say(texts.saved(saved.path));
      } catch (e) {
        const { message, hint } = faultOf(e);
        say(`${message} ${hint}`.trim(), 'danger');
      }
    };
    const copy = async (id: string) => {
      try {
        // The promise goes along: some engines take nothing that comes after the click.
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureOf(id) })]);
        say(texts.copied);
      } catch {
        say(texts.notCopied, 'danger');
      }
    };
    return { savePicture: (id) => void save(id), copyPicture: (id) => void copy(id) };
  }, [page, say]);
}
