// A searchable list of members with check marks: the inside of a slicer. It is a listbox that the search box drives: the
// focus stays in the box, which is why its options take none.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Cell, Member } from '../../backend/types';
import { number } from '../../format/numbers';
import { Button } from '../../ui/Button';
import styles from './Slicer.module.css';
import { texts } from './texts';
import { useMembers } from './useMembers';

const rowHeight = 28;

export interface Branch {
  depth: number;
  name: string;
}

/** Paths as a tree: each under the nearest listed node above it, named by what it adds to it. */
export function branches(members: readonly Member[]): Branch[] {
  const listed = new Map<string, Branch>();
  return members.map((member) => {
    const path = String(member.value ?? '');
    const steps = path.split('\\');
    let above = steps.length - 1;
    while (above > 0 && !listed.has(steps.slice(0, above).join('\\'))) above--;
    const parent = above > 0 ? listed.get(steps.slice(0, above).join('\\')) : undefined;
    const branch = parent ? { depth: parent.depth + 1, name: steps.slice(above).join('\\') } : { depth: 0, name: member.label };
    if (typeof member.value === 'string') listed.set(path, branch);
    return branch;
  });
}

interface MemberListProps {
  label: string;
  field: string;
  members: readonly Member[];
  /** How many members are not listed; a search finds them. */
  more: number;
  picked: readonly Cell[];
  /** One member at a time; Ctrl adds nothing then. */
  single?: boolean;
  /** A click picks one member, and Ctrl adds: a list that is always open. Without it a click adds. */
  one?: boolean;
  /** How many members stand there before they scroll. */
  rows?: number;
  onPick: (values: Cell[]) => void;
}

/** What is picked after a click on a member. */
export function pickMember(picked: readonly Cell[], value: Cell, how: { single?: boolean | undefined; one?: boolean | undefined; add: boolean }): Cell[] {
  const others = picked.filter((v) => v !== value);
  const on = others.length < picked.length;
  if (how.single || (how.one && !how.add)) return on && others.length === 0 ? [] : [value];
  return on ? others : [...picked, value];
}

export function MemberList({ label, field, members, more, picked, single, one, rows = 9, onPick }: MemberListProps) {
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const base = useId();
  const found = useMembers(field, search, more > 0 && search.trim() !== '');
  const shown = useMemo((): readonly Member[] => {
    const wanted = search.trim().toLocaleLowerCase();
    if (wanted === '') return members;
    return more > 0 ? (found.data?.members ?? []) : members.filter((m) => m.label.toLocaleLowerCase().includes(wanted));
  }, [members, more, found.data, search]);
  const tree = useMemo(() => new Map(branches(members).map((b, i) => [members[i]?.value ?? null, b])), [members]);
  // The rule warns about the React Compiler, which this project does not use.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => list.current, estimateSize: () => rowHeight, overscan: 6 });
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const toggle = (member: Member | undefined, add: boolean) => {
    if (member) onPick(pickMember(picked, member.value, { single, one, add }));
  };
  const move = (to: number) => {
    const next = Math.min(shown.length - 1, Math.max(0, to));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const typed = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + 8),
      PageUp: () => move(at - 8),
      Enter: () => toggle(shown[at], event.ctrlKey || event.metaKey),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };
  return (
    <div className={styles.list}>
      <label className={styles.search}>
        <Search16Regular aria-hidden="true" />
        <input
          value={search}
          placeholder={texts.search}
          aria-label={`${texts.search} ${label}`}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${base}-list`}
          aria-activedescendant={shown.length > 0 ? `${base}-${at}` : undefined}
          onKeyDown={typed}
          onChange={(e) => {
            setSearch(e.target.value);
            setActive(0);
          }}
        />
      </label>
      <div ref={list} id={`${base}-list`} role="listbox" aria-label={label} aria-multiselectable={!single} className={styles.members} style={{ height: `min(${Math.min(shown.length, rows) * rowHeight}px, max(${3 * rowHeight}px, 100vh - 240px))` }}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const member = shown[item.index];
            if (!member) return null;
            const on = picked.includes(member.value);
            // A search shows every name whole: what stands above it may not be there.
            const branch = search.trim() === '' ? tree.get(member.value) : undefined;
            return (
              <div
                key={JSON.stringify(member.value)}
                id={`${base}-${item.index}`}
                role="option"
                aria-selected={on}
                className={`${styles.member} ${item.index === at ? styles.active : ''}`}
                style={{ top: item.start, height: rowHeight, paddingLeft: 8 + (branch?.depth ?? 0) * 14 }}
                title={member.detail || member.label}
                onMouseDown={(event) => event.preventDefault()} // the focus stays in the search box, where the keys are heard
                onPointerMove={() => item.index !== at && setActive(item.index)}
                onClick={(event) => toggle(member, event.ctrlKey || event.metaKey)}
              >
                <span className={`${styles.check} ${on ? styles.on : ''}`}>{on && <Checkmark16Regular />}</span>
                <span className={styles.name}>{branch?.name ?? member.label}</span>
              </div>
            );
          })}
        </div>
      </div>
      {shown.length === 0 && <p className={styles.none}>{texts.noMatch}</p>}
      {search.trim() === '' && more > 0 && <p className={styles.none}>{texts.more(number(more))}</p>}
      <div className={styles.foot}>
        <span>{picked.length === 0 ? texts.all : texts.picked(number(picked.length))}</span>
        <Button look="link" disabled={picked.length === 0} onClick={() => onPick([])}>
          {texts.clear}
        </Button>
      </div>
    </div>
  );
}
