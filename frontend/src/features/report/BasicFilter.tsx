// The basic form of a filter card: the members of the column with their counts, ticked or not.
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Filter, MembersView } from '../../backend/types';
import { number } from '../../format/numbers';
import { CheckBox } from '../../ui/CheckBox';
import { isTicked, tick } from './advanced';
import styles from './FilterCard.module.css';
import { texts } from './texts';
import { useMembers } from './useMembers';

const rowHeight = 28;
/** Lists longer than this can be searched. */
const longList = 10;

interface BasicFilterProps {
  field: string;
  name: string;
  first: MembersView;
  filters: readonly Filter[];
  change: (filters: Filter[]) => void;
}

export function BasicFilter({ field, name, first, filters, change }: BasicFilterProps) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = useMembers(field, search, first.more > 0 && search.trim() !== '');
  const members = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    if (wanted === '') return first.members;
    if (first.more > 0) return found.data?.members ?? [];
    return first.members.filter((m) => m.label.toLocaleLowerCase().includes(wanted));
  }, [first, found.data, search]);
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({ count: members.length, getScrollElement: () => list.current, estimateSize: () => rowHeight, overscan: 6 });
  const items = virtual.getVirtualItems();
  const visible = items.length > 0 ? items : members.slice(0, 50).map((_, index) => ({ index, start: index * rowHeight }));
  return (
    <div>
      {(first.members.length > longList || first.more > 0) && (
        <label className={styles.search}>
          <Search16Regular aria-hidden="true" />
          <input value={search} placeholder={texts.search} aria-label={`${texts.search} ${name}`} onChange={(e) => setSearch(e.target.value)} />
        </label>
      )}
      {search.trim() === '' && (
        <CheckBox checked={filters.length === 0} change={() => change([])}>
          {texts.allMembers}
        </CheckBox>
      )}
      <div ref={list} className={styles.members} style={{ height: Math.min(members.length, 9) * rowHeight }}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {visible.map((item) => {
            const member = members[item.index];
            if (!member) return null;
            const on = isTicked(filters, member.value);
            return (
              <div key={JSON.stringify(member.value)} className={styles.member} style={{ top: item.start, height: rowHeight }} title={member.detail || member.label}>
                <CheckBox checked={on} change={(to) => change(tick(field, filters, member.value, to))}>
                  <span className={styles.memberName}>{member.label}</span>
                </CheckBox>
                {member.count !== null && <em>{number(member.count)}</em>}
              </div>
            );
          })}
        </div>
      </div>
      {members.length === 0 && !found.isFetching && <p className={styles.note}>{texts.noMatch}</p>}
      {search.trim() === '' && first.more > 0 && <p className={styles.note}>{texts.more(number(first.more))}</p>}
    </div>
  );
}
