import type { KeepingMode, Notifications, RegistrationProof, Theme } from '../../backend/types';

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

export const notifications = {
  title: 'Notifications',
  note: 'When a refresh ends while you look at something else, this computer can say so. The bell keeps them all.',
  which: { failed: 'What needs you', all: 'Every refresh', none: 'None' } satisfies Record<Notifications, string>,
  asked: 'Your browser asks for its permission when you choose.',
  denied: 'Your browser does not let this page show notifications. Its settings for this address allow them.',
};

export const keeping = {
  title: 'Sign-ins at rest',
  note: 'A sign-in is a sealed file in the data folder. Its key rests somewhere else, so that a copy of the folder opens nothing.',
  asking: 'Asking the keyring',
  modes: {
    keyring: 'In the keyring',
    kernel: 'Until a restart',
    passphrase: 'Under your passphrase',
    session: 'This session only',
    unknown: 'Nothing kept yet',
  } satisfies Record<KeepingMode, string>,
  locked: 'Locked',
  choose: 'Use a passphrase',
  retry: 'Try the keyring again',
};

export const passphrase = {
  label: 'Passphrase',
  again: 'The same once more',
  enterHint: 'It opens the sign-ins of this computer until Sightline is closed. Refreshes that waited go on.',
  chooseHint: 'Several words are best. It is asked for each time Sightline starts, is stored nowhere, and nobody can find it again; without it you sign in anew.',
  short: (n: number) => `A passphrase has at least ${n} characters.`,
  differ: 'The two are not the same.',
  wrong: 'This passphrase does not open the sign-ins on this computer.',
  notTaken: 'The passphrase could not be used. Sign-ins stay as they are.',
  unlock: 'Unlock',
  use: 'Use this passphrase',
};

export const registration = {
  title: 'Registration',
  note: 'Microsoft lets a program sign people in only if somebody registered it. New connections use this registration; each can name another one.',
  guide: 'How to register Sightline',
  clientId: 'Application (client) ID',
  clientIdHint: 'From the overview of the registration. It is no secret.',
  save: 'Save',
  organization: 'Organization to test with',
  organizationHint: 'Asks the directory of this organization whether it knows the client ID. Nobody signs in.',
  test: 'Test',
  testing: 'Asking the directory',
  asked: (directory: string) => `Answered by the directory ${directory}`,
  proofs: { ok: 'yes', failed: 'no', unknown: 'not known' } satisfies Record<RegistrationProof['state'], string>,
};
