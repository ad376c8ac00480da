// Whether the navigation is full, a rail, or laid over the page.
import { useState } from 'react';
import { useMedia } from '../ui/media';

export interface Folding {
  /** `rail` is 80 px wide; `over` lies over the page, because there is no room beside it. */
  shape: 'full' | 'rail' | 'over';
  toggle: () => void;
  unfold: () => void;
  fold: () => void;
}

/**
 * A report and a window below 1180 px start with the rail, everything else with the full width. What the
 * person toggles holds until the window or the kind of place changes.
 */
export function useFolding(inReport: boolean): Folding {
  const narrow = useMedia('(max-width: 1179px)');
  const startsFolded = narrow || inReport;
  const [folded, setFolded] = useState(startsFolded);
  const [kindOfPlace, setKindOfPlace] = useState(startsFolded);
  if (kindOfPlace !== startsFolded) {
    setKindOfPlace(startsFolded);
    setFolded(startsFolded);
  }
  const shape = folded ? 'rail' : narrow ? 'over' : 'full';
  return { shape, toggle: () => setFolded(!folded), unfold: () => setFolded(false), fold: () => setFolded(true) };
}
