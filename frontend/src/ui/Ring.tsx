import styles from './Ring.module.css';

/**
 * The ring of something that runs; `label` is what a screen reader says, without it the ring is
 * decoration. With a `share` from 0 to 1 it shows how far that is instead of turning.
 */
export function Ring({ size = 20, label, share }: { size?: number; label?: string; share?: number }) {
  const said = label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true };
  if (share !== undefined && share > 0) {
    const part = Math.min(1, share) * 100;
    const background = `conic-gradient(var(--sl-brand-text) ${part}%, var(--sl-pressed) 0)`;
    return <span {...said} className={styles.part} style={{ width: size, height: size, background }} />;
  }
  return <span {...said} className={styles.ring} style={{ width: size, height: size, borderWidth: size >= 32 ? 3.5 : size >= 20 ? 2.5 : 2 }} />;
}
