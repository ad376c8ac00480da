// The dashboard while it is edited: each change is on the screen at once and stored behind it, one after the other.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { dashboards } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { DashboardView } from '../../backend/types';
import { stored, type Board } from './board';

type Say = (text: string, tone?: 'plain' | 'danger') => void;

const mostSteps = 50;

export function useBoard(view: DashboardView, say: Say) {
  const client = useQueryClient();
  const [local, setLocal] = useState<Board | null>(null);
  const [past, setPast] = useState<readonly Board[]>([]);
  const queue = useRef<{ revision: number; saving: boolean; next: Board | null }>({ revision: 0, saving: false, next: null });
  const board = local ?? view;
  const { id, name } = view;

  const store = useCallback(
    async (wanted: Board) => {
      const q = queue.current;
      q.next = wanted;
      setLocal(wanted);
      if (q.saving) return;
      q.saving = true;
      const key = ['dashboard', id];
      q.revision = Math.max(q.revision, client.getQueryData<DashboardView>(key)?.revision ?? 0);
      for (let next: Board | null = wanted; next; next = q.next) {
        q.next = null;
        try {
          // Each change needs the revision that the one before it made.
          // oxlint-disable-next-line no-await-in-loop
          const saved = await dashboards.save(id, { version: 2, revision: q.revision, name, tiles: next.tiles.map(stored), narrow: next.narrow });
          q.revision = saved.revision;
          // An answer that was asked for before this change would put the tiles back.
          // oxlint-disable-next-line no-await-in-loop
          await client.cancelQueries({ queryKey: key });
          client.setQueryData(key, saved);
        } catch (error) {
          const fault = faultOf(error);
          say([fault.message, fault.hint].filter(Boolean).join(' '), 'danger');
          q.next = null;
          setPast([]);
          // oxlint-disable-next-line no-await-in-loop
          await client.invalidateQueries({ queryKey: key });
          q.revision = client.getQueryData<DashboardView>(key)?.revision ?? 0;
        }
      }
      q.saving = false;
      setLocal(null);
    },
    [client, id, name, say],
  );
  const change = (wanted: Board) => {
    setPast([...past.slice(1 - mostSteps), { tiles: board.tiles, narrow: board.narrow }]);
    void store(wanted);
  };
  const undo = useCallback(() => {
    const before = past[past.length - 1];
    if (!before) return;
    setPast(past.slice(0, -1));
    void store(before);
  }, [past, store]);
  useUndoKey(undo);
  return { board, change, undo, canUndo: past.length > 0 };
}

/** Ctrl+Z, except where a text is written. */
function useUndoKey(undo: () => void): void {
  useEffect(() => {
    const hear = (e: KeyboardEvent) => {
      const writing = e.target instanceof HTMLElement && e.target.closest('input, textarea, [role="dialog"]');
      if (!e.ctrlKey || e.shiftKey || e.altKey || e.key.toLowerCase() !== 'z' || writing) return;
      e.preventDefault();
      undo();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [undo]);
}
