// Full screen: Esc leaves, Space pauses, and after a while the next dashboard comes.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { shell } from '../../backend/api';
import { navigate, parseRoute } from '../../ui/navigation';
import { leaveFullScreen, pauseCycle, useFullScreen, type FullScreen } from './fullScreen';

export function useCycle(id: string): FullScreen {
  const full = useFullScreen();
  const { on, every, paused } = full;
  const { data } = useQuery({ queryKey: ['shell'], queryFn: shell.state, enabled: on && every > 0 });
  const all = data?.dashboards.filter((d) => d.state !== 'loading' && d.state !== 'paused') ?? [];
  const next = all[(all.findIndex((d) => d.id === id) + 1) % Math.max(1, all.length)]?.id ?? id;
  useEffect(() => {
    if (!on || every === 0 || paused || next === id) return;
    const timer = window.setTimeout(() => navigate({ screen: 'dashboard', id: next }, { replace: true }), every * 1000);
    return () => window.clearTimeout(timer);
  }, [on, every, paused, next, id]);
  useEffect(() => {
    if (!on) return;
    const hear = (e: KeyboardEvent) => {
      if (e.key === 'Escape') leaveFullScreen();
      if (e.key === ' ' && !(e.target instanceof HTMLElement && e.target.closest('button, input'))) {
        e.preventDefault();
        pauseCycle(!paused);
      }
    };
    // The browser keeps Esc to itself while it fills the screen, and says afterwards that it does not.
    const changed = () => {
      if (!document.fullscreenElement) leaveFullScreen();
    };
    window.addEventListener('keydown', hear);
    document.addEventListener('fullscreenchange', changed);
    return () => {
      window.removeEventListener('keydown', hear);
      document.removeEventListener('fullscreenchange', changed);
    };
  }, [on, paused]);
  // Whoever goes elsewhere, to the page of a tile for instance, has left the full screen too.
  useEffect(
    () => () => {
      if (parseRoute(window.location.hash).screen !== 'dashboard') leaveFullScreen();
    },
    [],
  );
  return full;
}
