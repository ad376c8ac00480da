// How large a page is drawn: filling the window, or as the sheet of 1280 by 720 of Power BI. The drawings are laid out anew
// in the place they get, so that texts keep their size.
import { useState, type CSSProperties } from 'react';

export type Fit = 'fill' | 'page' | 'width' | 'actual';
export const fits: readonly Fit[] = ['fill', 'page', 'width', 'actual'];

const key = 'sightline.fit';

function stored(): Fit {
  try {
    return fits.find((f) => f === window.localStorage.getItem(key)) ?? 'fill';
  } catch {
    return 'fill';
  }
}

/** The choice, which holds for every report of this computer. */
export function useFit(): [Fit, (fit: Fit) => void] {
  const [fit, setFit] = useState(stored);
  const choose = (next: Fit) => {
    setFit(next);
    try {
      window.localStorage.setItem(key, next);
    } catch {
      // Not kept; the choice holds until the program ends.
    }
  };
  return [fit, choose];
}

/** The place of the sheet in its container, which is a size container. */
export function sheetStyle(fit: Fit): CSSProperties | undefined {
  switch (fit) {
    case 'page':
      return { flex: 'none', width: 'min(100cqw, 100cqh * 16 / 9)', height: 'min(100cqh, 100cqw * 9 / 16)', margin: 'auto' };
    case 'width':
      return { flex: 'none', width: '100%', height: 'calc(100cqw * 9 / 16)' };
    case 'actual':
      return { flex: 'none', width: 1280, height: 720 };
    default:
      return undefined;
  }
}
