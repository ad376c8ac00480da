// A drawing of what Get Data makes: cards, a chart, a line, under the line of sight of the mark.
const bars: readonly (readonly [number, number])[] = [
  [24, 14],
  [44, 24],
  [64, 20],
  [84, 32],
  [104, 28],
  [124, 36],
  [144, 30],
];

export function Sketch() {
  return (
    <svg width="296" height="142" viewBox="0 0 296 142" fill="none" aria-hidden="true">
      <path d="M2 14h116" stroke="var(--sl-sun)" strokeWidth="3" strokeLinecap="round" />
      <path d="M166 14h128" stroke="var(--sl-stroke2)" strokeWidth="3" strokeLinecap="round" strokeDasharray="0.1 9" />
      <g fill="var(--sl-card)" stroke="var(--sl-stroke2)">
        <rect x="8.5" y="27.5" width="82" height="45" rx="6" />
        <rect x="98.5" y="27.5" width="82" height="45" rx="6" />
        <rect x="188.5" y="27.5" width="99" height="113" rx="6" />
        <rect x="8.5" y="81.5" width="172" height="59" rx="6" />
      </g>
      <g fill="var(--sl-stroke1)">
        <rect x="18" y="37" width="34" height="5" rx="2.5" />
        <rect x="108" y="37" width="28" height="5" rx="2.5" />
        <rect x="198" y="37" width="40" height="5" rx="2.5" />
      </g>
      <g fill="var(--sl-text3)" opacity="0.5">
        <rect x="18" y="51" width="26" height="12" rx="3" />
        <rect x="108" y="51" width="38" height="12" rx="3" />
      </g>
      {bars.map(([x, height]) => (
        <rect key={x} x={x} y={133 - height} width="12" height={height} rx="2" fill="var(--sl-measure-soft)" />
      ))}
      <path d="M205 122c12-6 14-36 36-36 10 0 18 3 26-12 5-9 7-16 9-22" stroke="var(--sl-measure-main)" strokeWidth="2.5" strokeLinecap="round" />
      <circle cx="142" cy="14" r="11" fill="var(--sl-canvas)" stroke="var(--sl-text1)" strokeWidth="3" />
      <circle cx="142" cy="14" r="4" fill="var(--sl-sun)" />
    </svg>
  );
}
