/** The mark of Sightline: a line of sight on its target. Never redrawn, tilted or recoloured. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ display: 'block', flex: 'none' }}>
      <rect width="24" height="24" rx="6" fill="var(--sl-mark-ground)" />
      <path d="M3 12h5.2M19 12h2" stroke="var(--sl-mark-line)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="13.6" cy="12" r="5.4" fill="none" stroke="var(--sl-mark-line)" strokeWidth="2" />
      <circle cx="13.6" cy="12" r="1.9" fill="var(--sl-mark-point)" />
    </svg>
  );
}

/** The yellow asterisk on an item that was never opened. */
export function NewAsterisk() {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" role="img" aria-label="new" style={{ flex: 'none' }}>
      <path d="M5 1v8M1.54 3l6.92 4M8.46 3 1.54 7" stroke="var(--sl-sun-line)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
