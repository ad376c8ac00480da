// A sentence that appears at the foot of a screen after a step, is read aloud, and goes by itself.
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import styles from './Saying.module.css';

export interface Said {
  text: string;
  tone: 'plain' | 'danger';
}

const shownFor = 6_000;

/** `say` shows a sentence; the returned element stands anywhere in the screen. An empty sentence hides it. */
export function useSaying(): { say: (text: string, tone?: Said['tone']) => void; saying: ReactNode } {
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback((text: string, tone: Said['tone'] = 'plain') => setSaid(text ? { text, tone } : null), []);
  useEffect(() => {
    if (!said || said.tone === 'danger') return;
    const timer = window.setTimeout(() => setSaid(null), shownFor);
    return () => window.clearTimeout(timer);
  }, [said]);
  return {
    say,
    saying: (
      <output className={styles.place}>
        {said && (
          <div className={`${styles.said} ${styles[said.tone]}`}>
            {said.text}
            <button type="button" aria-label="Close" onClick={() => setSaid(null)}>
              ×
            </button>
          </div>
        )}
      </output>
    ),
  };
}
