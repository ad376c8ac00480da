// Whether dashboards fill the screen, and how often the next one comes. It outlives the dashboard that is shown.
import { useSyncExternalStore } from 'react';

export interface FullScreen {
  on: boolean;
  /** Seconds between two dashboards; 0 stays. */
  every: number;
  paused: boolean;
}

const off: FullScreen = { on: false, every: 0, paused: false };
let now = off;
const hearers = new Set<() => void>();

function set(next: FullScreen): void {
  now = next;
  hearers.forEach((hear) => hear());
}

export function enterFullScreen(every: number): void {
  set({ on: true, every, paused: false });
  // Where the screen is refused, the dashboard fills the window.
  void document.documentElement.requestFullscreen?.().catch(() => undefined);
}

export function leaveFullScreen(): void {
  set(off);
  if (document.fullscreenElement) void document.exitFullscreen();
}

export function pauseCycle(paused: boolean): void {
  set({ ...now, paused });
}

function subscribe(hear: () => void) {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

export const useFullScreen = (): FullScreen => useSyncExternalStore(subscribe, () => now);
