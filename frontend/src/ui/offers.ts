// The buttons under a refusal. What a refusal offers is said by the program; what each is called, and that nothing else
// is ever offered, is said here.

const labels: Readonly<Record<string, string>> = {
  signInElse: 'Use another account',
  signInAgain: 'Sign in again',
  normalBrowser: 'Use your normal browser',
  useDeviceCode: 'Sign in with a code',
  useToken: 'Use an access token',
  askConsent: 'Ask for consent again',
  openGuide: 'How to register Sightline',
  copyForAdmin: 'Copy for the administrator',
  editName: 'Edit the name',
  editProjects: 'Edit the projects',
  unlockKeys: 'Unlock the sign-ins',
  retry: 'Try again',
};

/** What a screen can do about a refusal; what is missing is not offered there. */
export type Doing = Partial<Readonly<Record<string, () => void>>>;

export interface Offer {
  action: string;
  label: string;
  run: () => void;
}

/** The offers of a refusal that this screen can keep, in the order of the program: the first is the large button. */
export function offersOf(actions: readonly string[], can: Doing, named: Readonly<Record<string, string>> = {}): Offer[] {
  const offers: Offer[] = [];
  for (const action of new Set(actions)) {
    const label = named[action] ?? labels[action];
    const run = can[action];
    if (label && run) offers.push({ action, label, run });
  }
  return offers;
}

/** A refusal as text to send to somebody: the sentences, then its facts. */
export function faultText(fault: { message: string; hint: string; facts: readonly { name: string; value: unknown }[] }): string {
  return [fault.message, fault.hint, ...fault.facts.map((f) => `${f.name}: ${String(f.value)}`)].filter(Boolean).join('\n');
}
