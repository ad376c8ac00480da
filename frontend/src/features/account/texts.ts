export const texts = {
  signIn: 'Sign in',
  signInHint: 'Signing in is part of Get Data: you see who you are before anything is stored.',
  menu: (name: string) => `Account of ${name}`,
  heading: 'Accounts on this computer',
  another: 'Use another account',
  connections: 'Connections',
  as: (address: string) => `as ${address}`,
  noAccount: 'no sign-in kept',
  signOut: 'Sign out',
  signOutOf: (name: string, address: string) => `Sign out ${name}, ${address}`,
  note: 'A connection keeps its own account. Signing out forgets it on this computer; the data that was loaded stays readable.',
  unused: 'Not used by a dataset',
};

/** How an account belongs to its directory. */
export function directoryLine(kind: string, directory: string): string {
  switch (kind) {
    case 'guest':
      return directory ? `Guest of ${directory}` : 'Guest account';
    case 'personal':
      return 'Personal account';
    case 'token':
      return 'Personal access token';
    default:
      return directory ? `${directory}, work account` : 'Work account';
  }
}
