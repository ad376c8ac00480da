import type { AccountView, SignInState } from '../../backend/types';

export const texts = {
  signIn: 'Sign in',
  signInHint: 'Signs an account in. You see who you are before anything is stored.',
  signInOf: (name: string, address: string) => `Sign in ${name}, ${address}`,
  menu: (name: string) => `Account of ${name}`,
  heading: 'Accounts on this computer',
  inUse: 'In use',
  switch: 'Switch',
  switchTo: (name: string, address: string) => `Switch to ${name}, ${address}`,
  another: 'Add an account',
  connections: 'Connections',
  noConnections: 'None yet. Get Data makes one.',
  as: (address: string) => `as ${address}`,
  noAccount: 'needs no account',
  note: 'Switching changes who new connections sign in as. A connection keeps its own account.',
  signOut: (name: string) => `Sign out ${name}`,
  signOutOf: (name: string, address: string) => `Sign out ${name}, ${address}`,
  stays: 'Data stays readable',
  unlock: 'Unlock them',
  remove: (name: string, address: string) => `Remove ${name}, ${address}, from this list`,
  states: {
    signedIn: 'signed in',
    ended: 'sign-in ended',
    expiring: 'token ends soon',
    signedOut: 'signed out',
    none: 'works without a sign-in',
  } satisfies Record<SignInState, string>,
};

export const signOut = {
  title: (name: string) => `Sign out ${name}?`,
  working: 'Asking what it touches',
  forgets: 'Forgotten on this computer',
  stays: 'Stays readable, and is not refreshed any more',
  nothing: 'No dataset uses this account.',
  also: 'Also delete downloaded data',
  alsoNote: 'Deletes the ticked datasets with their dashboards and reports. There is no way back; nothing changes in Azure DevOps.',
  remains: 'What signing out here cannot end',
  page: 'End it yourself on this page',
  copy: 'Copy address',
  copied: 'Copied',
  confirm: 'Sign out',
  confirmDelete: (datasets: string) => `Sign out and delete ${datasets}`,
  dataset: 'dataset',
  cancel: 'Cancel',
  doneTitle: (name: string) => `${name} is signed out`,
  partTitle: (name: string) => `${name} is signed out in part`,
  deleted: 'Deleted',
  kept: 'The data that was loaded stays readable.',
  close: 'Close',
};

/** How an account belongs to its directory, and what is the matter with it: "Personal account, sign-in ended". */
export function directoryLine({ kind, directory, state }: Pick<AccountView, 'kind' | 'directory' | 'state'>): string {
  const plain = state === 'signedIn' || state === 'none';
  return plain ? belonging(kind, directory) : `${belonging(kind, directory)}, ${texts.states[state]}`;
}

function belonging(kind: AccountView['kind'], directory: string): string {
  switch (kind) {
    case 'guest':
      return directory ? `Guest from ${directory}` : 'Guest account';
    case 'personal':
      return 'Personal account';
    case 'token':
      return directory ? `Personal access token, ${directory}` : 'Personal access token';
    case 'work':
      return directory || 'Work account';
  }
}
