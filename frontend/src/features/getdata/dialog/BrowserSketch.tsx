/** A drawing: an empty window of its own before the daily one, which is only an outline. */
export function BrowserSketch() {
  return (
    <svg width="152" height="84" viewBox="0 0 152 84" fill="none" aria-hidden="true" style={{ flex: 'none' }}>
      <g stroke="var(--sl-stroke2)" strokeDasharray="4 4">
        <rect x="1.5" y="15.5" width="88" height="64" rx="6" />
        <path d="M2 29h87" />
      </g>
      <rect x="57" y="3" width="92" height="78" rx="6" fill="var(--sl-raised)" stroke="var(--sl-brand-text)" strokeWidth="1.5" />
      <path d="M57 19h92" stroke="var(--sl-brand-text)" strokeWidth="1.5" />
      <circle cx="66" cy="11" r="2" fill="var(--sl-brand-text)" />
      <circle cx="73" cy="11" r="2" fill="var(--sl-brand-text)" />
      <g stroke="var(--sl-text3)" strokeWidth="1.5" strokeLinecap="round">
        <circle cx="103" cy="41" r="8" />
        <path d="M88 66c1-8 7-12.500 15-12.500s14 4.500 15 12.500" />
      </g>
    </svg>
  );
}
