// A slicer: a caption over what picks its members. A list that drops down, one that stays open, two ends, or relative days.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down';
import { memo, useId, useState, type ReactNode } from 'react';
import type { Cell, Member, PageState, Slicer as SlicerDocument, SlicerData } from '../../backend/types';
import { day } from '../../format/dates';
import { number } from '../../format/numbers';
import { Button } from '../../ui/Button';
import { relativeFilter, relativeOf } from './advanced';
import { MemberList } from './MemberList';
import { RangeSlicer } from './RangeSlicer';
import { RelativeFilter } from './RelativeFilter';
import { relativeWords } from './restatement';
import { slicerFilter } from './slicing';
import styles from './Slicer.module.css';
import { texts } from './texts';

export interface SlicerProps {
  slicer: SlicerDocument;
  data: SlicerData | undefined;
  state: PageState;
  /** Null is what the author chose. */
  onPick: (values: Cell[] | null) => void;
}

// Drawn again only when something of its own changes: every click on the page brings the same members anew.
function sameSlicer(a: SlicerProps, b: SlicerProps): boolean {
  const { slicer, state } = b;
  return a.slicer === slicer && a.onPick === b.onPick && a.state.slicers?.[slicer.id] === state.slicers?.[slicer.id] && JSON.stringify(a.data) === JSON.stringify(b.data);
}

/** A list that stands open scrolls beyond so many members. */
const standingRows = 4;

export const Slicer = memo(function Slicer({ slicer, data, state, onPick }: SlicerProps) {
  const [open, setOpen] = useState(false);
  const caption = useId();
  const picked = state.slicers?.[slicer.id] ?? [];
  const set = slicerFilter(slicer, state) !== null;
  // A list stands open on the page.
  if (slicer.kind === 'list') {
    return (
      <div className={`${styles.slicer} ${set ? styles.set : ''}`} title={data?.fault?.message}>
        <span className={styles.caption}>{slicer.title}</span>
        <div className={styles.standing}>
          <MemberList label={slicer.title} field={slicer.field} members={data?.members ?? []} more={data?.more ?? 0} picked={picked} one rows={standingRows} {...(slicer.single ? { single: true } : {})} onPick={onPick} />
        </div>
      </div>
    );
  }
  const close = (values: Cell[]) => {
    onPick(values);
    setOpen(false);
  };
  return (
    <div className={`${styles.slicer} ${set ? styles.set : ''}`}>
      <span id={caption} className={styles.caption}>
        {slicer.title}
      </span>
      <Popover open={open} onOpenChange={(_, d) => setOpen(d.open)} positioning={{ position: 'below', align: 'end', offset: 4 }} trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <button type="button" className={styles.box} aria-labelledby={`${caption} ${caption}-value`} title={data?.fault?.message}>
            <span id={`${caption}-value`} className={styles.value}>
              {slicerText(slicer, data, state)}
            </span>
            <ChevronDown16Regular aria-hidden="true" />
          </button>
        </PopoverTrigger>
        <PopoverSurface className={styles.surface} aria-label={slicer.title}>
          {inside(slicer, data, state, picked, onPick, close)}
        </PopoverSurface>
      </Popover>
    </div>
  );
}, sameSlicer);

function inside(slicer: SlicerDocument, data: SlicerData | undefined, state: PageState, picked: readonly Cell[], onPick: SlicerProps['onPick'], close: (values: Cell[]) => void): ReactNode {
  const clear = (
    <div className={styles.foot}>
      <span />
      <Button look="link" disabled={picked.length === 0 && !slicerFilter(slicer, state)} onClick={() => onPick([])}>
        {texts.clear}
      </Button>
    </div>
  );
  switch (slicer.kind) {
    case 'between':
      return (
        <>
          <RangeSlicer slicer={slicer} ends={data?.members ?? []} picked={picked} onPick={onPick} />
          {clear}
        </>
      );
    case 'relative':
      return (
        <div className={styles.relative}>
          <RelativeFilter
            field={slicer.field}
            filter={slicerFilter(slicer, state) ?? undefined}
            change={(f) => close([f.op ?? 'last', ...(f.values ?? [])])}
          />
          {clear}
        </div>
      );
    default:
      return (
        <MemberList
          label={slicer.title}
          field={slicer.field}
          members={data?.members ?? []}
          more={data?.more ?? 0}
          picked={picked}
          {...(slicer.single ? { single: true } : {})}
          onPick={onPick}
        />
      );
  }
}

/** What the box of a slicer says. */
export function slicerText(slicer: SlicerDocument, data: SlicerData | undefined, state: PageState): string {
  const kept = slicerFilter(slicer, state);
  if (!kept) return texts.all;
  // What the program found for the default: the current sprint, or the member with most.
  const found = data?.picked?.length ? boxText(data.members, data.picked) : '';
  if (kept.op === 'current') return found ? texts.currentIs(found) : texts.current;
  if (kept.op === 'top' && found) return found;
  const relative = relativeOf(kept);
  if (relative) return capital(relativeWords(relativeFilter(kept.field, relative)).replace(/^the /, ''));
  const values = kept.values ?? [];
  if (slicer.kind !== 'between') return boxText(data?.members ?? [], values);
  const [first, second] = values.map((v) => (typeof v === 'string' ? day(v) : number(Number(v), Number.isInteger(v) ? 0 : 1)));
  if (kept.op === '>=') return texts.fromOn(first ?? '');
  return kept.op === '<=' ? texts.upTo(first ?? '') : `${first} – ${second}`;
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** "All", the one member, or how many. */
export function boxText(members: readonly Member[], picked: readonly Cell[]): string {
  if (picked.length === 0) return texts.all;
  if (picked.length > 1) return texts.picked(number(picked.length));
  const member = members.find((m) => m.value === picked[0]);
  const label = member?.label ?? String(picked[0] ?? '(Blank)');
  return label.split('\\').pop() ?? label;
}
