import { tokens } from './palette';

const colors = tokens.color.avatar;

/** The first letters of the first two words: "Mira Okafor" is MO. */
export function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0]?.toLocaleUpperCase() ?? '')
    .join('');
}

// By address, so that two accounts of one name look different.
function colorOf(key: string): string | undefined {
  const sum = [...key].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return colors[sum % colors.length];
}

/** The round picture of a person. Decoration: the name always stands beside it. */
export function PersonAvatar({ name, address, size = 24 }: { name: string; address?: string; size?: number }) {
  return (
    <span
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        flex: 'none',
        display: 'inline-grid',
        placeItems: 'center',
        borderRadius: 999,
        background: colorOf(address || name),
        color: '#fff',
        font: `600 ${Math.round(size * 0.4)}px/1 var(--sl-font)`,
      }}
    >
      {initials(name)}
    </span>
  );
}
