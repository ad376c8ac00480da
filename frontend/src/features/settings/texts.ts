import type { Theme } from '../../backend/types';

export const texts = {
  title: 'Settings',
  look: 'Appearance',
  lookNote: 'Light, dark, or as the system is at the moment.',
  theme: 'Theme',
  themes: { system: 'Same as the system', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  closed: 'Refresh while Sightline is closed',
  closedNote: 'Refreshes the datasets whose schedule is due, without a window. It reads with the sign-ins that are kept; when one has ended, the refresh stops and says so.',
  off: 'Off. Nothing is written on this computer; due refreshes wait until Sightline is opened.',
  background: 'Keep refreshing in the background when the window is closed',
  backgroundNote: 'Closing the window then hides it and the schedule goes on. Start Sightline again to bring it back; Quit in the menu of the gear ends it.',
  on: (kind: string, every: string) => `On. A ${kind} starts Sightline every ${every} for as long as a due refresh takes.`,
  written: 'Written on this computer',
  removed: 'Switching it off removes them.',
  unsupported: 'This computer offers no timer that Sightline knows. Due refreshes run while Sightline is open.',
  byHand: 'Any scheduler can run this instead:',
  command: 'sightline refresh --due',
  working: 'Working',
};
