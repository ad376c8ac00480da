// The details of a tile: its title and subtitle, and of a text or a picture what it shows.
import { Input, Textarea } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { Tile } from '../../backend/types';
import { Button } from '../../ui/Button';
import { CheckBox } from '../../ui/CheckBox';
import { DialogBody, DialogFoot, DialogHead, FieldFault } from '../../ui/DialogParts';
import field from '../../ui/Field.module.css';
import { Modal } from '../../ui/Modal';
import { ImageVisual } from '../../visuals/ImageVisual';
import { readPicture } from './picture';
import { texts } from './texts';
import styles from './TileDialog.module.css';

/** A new text or picture, to be filled in. */
export function newTile(type: 'text' | 'image', datasetId: string): Tile {
  const id = crypto.randomUUID();
  const place = { x: 0, y: 0, w: 2, h: 1 };
  return { id, place, source: null, page: null, state: {}, pageId: '', title: '', subtitle: '', refreshed: false, datasetId, missing: '', visual: { id, type, title: '', place, query: { values: [] }, options: {}, text: '' } };
}

export function TileDialog({ tile, isNew, apply, close }: { tile: Tile; isNew: boolean; apply: (tile: Tile) => void; close: () => void }) {
  const id = useId();
  const [draft, setDraft] = useState(tile);
  const [refused, setRefused] = useState('');
  const { type, text = '' } = draft.visual;
  const still = type === 'text' || type === 'image';
  const setText = (value: string) => setDraft((d) => ({ ...d, visual: { ...d.visual, text: value } }));
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const read = await readPicture(file);
    setRefused('refused' in read ? read.refused : '');
    if ('url' in read) setText(read.url);
  };
  const ready = !still || text.trim() !== '';
  return (
    <Modal titleId={`${id}-title`} width={480} close={close}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (ready) apply({ ...draft, title: draft.title.trim(), subtitle: draft.subtitle.trim() });
        }}
      >
        <DialogHead id={`${id}-title`} title={isNew ? texts.addTile : texts.details} close={close} />
        <DialogBody>
          <div className={styles.fields}>
            {type === 'text' && (
              <div>
                <label className={field.label} htmlFor={`${id}-text`}>
                  {texts.text}
                </label>
                <Textarea id={`${id}-text`} className={styles.text ?? ''} value={text} maxLength={10_000} rows={6} resize="vertical" data-first-focus onChange={(_, d) => setText(d.value)} />
                <p className={field.hint}>{texts.textHint}</p>
              </div>
            )}
            {type === 'image' && (
              <div>
                <label className={field.label} htmlFor={`${id}-file`}>
                  {texts.picture}
                </label>
                <input id={`${id}-file`} type="file" accept="image/png,image/jpeg,image/gif,image/webp" onChange={(e) => void choose(e.target.files?.[0])} />
                <p className={field.hint}>{texts.pictureHint}</p>
                {refused && <FieldFault>{refused}</FieldFault>}
                {text && (
                  <div className={styles.preview}>
                    <ImageVisual source={text} name={draft.title || texts.imageTile} />
                  </div>
                )}
              </div>
            )}
            <div>
              <label className={field.label} htmlFor={`${id}-name`}>
                {texts.tileTitle}
              </label>
              <Input id={`${id}-name`} className={styles.wide ?? ''} value={draft.title} maxLength={100} placeholder={tile.page?.title ?? tile.visual.title} {...(still ? {} : { 'data-first-focus': true })} onChange={(_, d) => setDraft({ ...draft, title: d.value })} />
            </div>
            <div>
              <label className={field.label} htmlFor={`${id}-subtitle`}>
                {texts.tileSubtitle}
              </label>
              <Input id={`${id}-subtitle`} className={styles.wide ?? ''} value={draft.subtitle} maxLength={100} onChange={(_, d) => setDraft({ ...draft, subtitle: d.value })} />
              {!still && <p className={field.hint}>{texts.standard}</p>}
            </div>
            {!still && (
              <CheckBox checked={draft.refreshed} change={(refreshed) => setDraft({ ...draft, refreshed })}>
                {texts.showRefreshed}
              </CheckBox>
            )}
          </div>
        </DialogBody>
        <DialogFoot>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!ready}>
            {isNew ? texts.add : texts.apply}
          </Button>
        </DialogFoot>
      </form>
    </Modal>
  );
}
