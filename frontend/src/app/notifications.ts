// Notifications of the operating system: the program is told whether somebody looks, and under `sightline serve` the
// browser shows what the window shows by itself.
import { useEffect } from 'react';
import { events, shell } from '../backend/api';
import type { Notification as Outside } from '../backend/types';
import { navigate } from '../ui/navigation';

/** Tells the program who is looking, and opens the dataset of a notification that was clicked. */
export function useNotifications(): void {
  useEffect(() => {
    const open = (n: Outside) => {
      if (n.datasetId) navigate({ screen: 'dataset', id: n.datasetId });
    };
    const stop = [watch(), events.noticeOpened(open), events.outside((n) => show(n, open))];
    return () => stop.forEach((end) => end());
  }, []);
}

function watch(): () => void {
  let told: boolean | null = null;
  const tell = () => {
    const watched = document.visibilityState === 'visible' && document.hasFocus();
    if (watched === told) return;
    told = watched;
    // Not told: a person then sees the same thing twice, which is better than not at all.
    shell.setWatched(watched).catch(() => undefined);
  };
  tell();
  const changes = ['focus', 'blur', 'pagehide'] as const;
  changes.forEach((name) => window.addEventListener(name, tell));
  document.addEventListener('visibilitychange', tell);
  return () => {
    changes.forEach((name) => window.removeEventListener(name, tell));
    document.removeEventListener('visibilitychange', tell);
  };
}

function show(n: Outside, open: (n: Outside) => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(n.title, { body: n.text, tag: n.id });
  shown.addEventListener('click', () => {
    window.focus();
    open(n);
    shown.close();
  });
}
