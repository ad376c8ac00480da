// Full screen: the report alone, over the frame of the program, and the window over the screen where it can be.
import { useEffect, useState } from 'react';
import { isElsewhere } from './useHistory';

interface DesktopWindow {
  runtime?: { WindowFullscreen?: () => void; WindowUnfullscreen?: () => void };
}

function widen(on: boolean): void {
  const { runtime } = window as unknown as DesktopWindow;
  if (runtime?.WindowFullscreen && runtime.WindowUnfullscreen) (on ? runtime.WindowFullscreen : runtime.WindowUnfullscreen)();
  // A browser may refuse; the report then fills the window.
  else if (on) document.documentElement.requestFullscreen?.().catch(() => undefined);
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}

/** Whether the report is alone on the screen; Esc and F11 leave it. */
export function useFullScreen(): [boolean, (on: boolean) => void] {
  const [full, setFull] = useState(false);
  const set = (on: boolean) => {
    setFull(on);
    widen(on);
  };
  useEffect(() => {
    // The browser's own Esc comes without a key.
    const left = () => !document.fullscreenElement && setFull(false);
    document.addEventListener('fullscreenchange', left);
    return () => document.removeEventListener('fullscreenchange', left);
  }, []);
  useEffect(() => {
    if (!full) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isElsewhere()) return;
      event.preventDefault();
      setFull(false);
      widen(false);
    };
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [full]);
  return [full, set];
}
