import { ChevronRight12Regular } from '@fluentui/react-icons/svg/chevron-right';
import { useEffect, useId, useRef } from 'react';
import type { LogLine } from '../../backend/types';
import { locale } from '../../format/locale';
import styles from './LoadingScreen.module.css';
import { texts } from './texts';

const time = (at: string) => new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const written = (line: LogLine) => `${time(line.at)} ${line.text}`;

/** The log: its newest line, all of it when opened. */
export function LoadLog({ lines, open, toggle }: { lines: readonly LogLine[]; open: boolean; toggle: (open: boolean) => void }) {
  const id = useId();
  const box = useRef<HTMLPreElement>(null);
  const last = lines[lines.length - 1];
  // The newest line stays in view while lines arrive, as long as the person has not scrolled up.
  useEffect(() => {
    const el = box.current;
    if (el && el.scrollHeight - el.scrollTop - el.clientHeight < 48) el.scrollTop = el.scrollHeight;
  });
  useEffect(() => {
    if (open && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [open]);
  return (
    <section className={styles.log}>
      <div className={styles.logHead}>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => toggle(!open)}>
          <ChevronRight12Regular aria-hidden="true" />
          {texts.log}
        </button>
        {!open && last && <code>{written(last)}</code>}
      </div>
      <pre id={id} ref={box} hidden={!open} tabIndex={0}>
        {lines.map(written).join('\n')}
      </pre>
    </section>
  );
}
