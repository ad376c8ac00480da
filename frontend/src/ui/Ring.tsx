import styles from './Ring.module.css';

/** The ring of something that runs; `label` is what a screen reader says, without it the ring is decoration. */
export function Ring({ size = 20, label }: { size?: number; label?: string }) {
  const said = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return <span {...said} className={styles.ring} style={{ width: size, height: size, borderWidth: size >= 32 ? 3.5 : size >= 20 ? 2.5 : 2 }} />;
}
