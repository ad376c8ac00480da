// What a screen does when a button of a refusal is pressed. The program names what can solve a refusal; a refusal that
// names nothing is answered by its code.
import { copyText } from '../ui/clipboard';
import { navigate } from '../ui/navigation';
import { faultText, type Doing } from '../ui/offers';
import { connectionAgain, connectionElse, useSignIn } from '../backend/signingIn';
import type { Fault, FaultAction } from '../backend/types';

const byAccount = new Set(['not_member', 'wrong_person', 'identity_changed', 'forbidden', 'anonymous', 'oauth_policy_off']);

/** What solves a refusal of a load, the best first. To try again is never left out, because what was refused may have changed. */
export function actionsOf(fault: Fault): FaultAction[] {
  const named: FaultAction[] = fault.actions.length > 0 ? fault.actions : byCode(fault.code);
  return [...new Set<FaultAction>([...named, 'retry'])];
}

function byCode(code: string): FaultAction[] {
  if (code === 'not_signed_in') return ['signInAgain', 'signInElse'];
  return byAccount.has(code) ? ['signInElse'] : [];
}

/** The steps that can be taken for a dataset that was refused. */
export function useSolving(datasetId: string, fault: Fault | null, retry: () => void): Doing {
  const signIn = useSignIn();
  const again = connectionAgain(datasetId);
  return {
    retry,
    signInAgain: () => signIn(again),
    signInElse: () => signIn(connectionElse(datasetId)),
    normalBrowser: () => signIn({ ...again, rung: 'system' }),
    useDeviceCode: () => signIn({ ...again, rung: 'deviceCode' }),
    useToken: () => signIn({ ...again, method: 'token' }),
    askConsent: () => signIn({ ...again, askConsent: true }),
    openGuide: () => navigate({ screen: 'registration' }),
    copyForAdmin: () => void (fault && copyText(faultText(fault))),
    editProjects: () => navigate({ screen: 'dataset', id: datasetId }),
    unlockKeys: () => navigate({ screen: 'settings' }),
  };
}
