// Who wants to sign in and for what: the requests that the account menu, a dataset and a refusal make of the one
// dialog that signs in. The frame holds the dialog; a feature only asks for it.
import { createContext, useContext } from 'react';
import type { AccountView, ConnectRequest } from './types';

/** Opens the dialog that signs in. What a request leaves out the dialog asks for. */
export type OpenSignIn = (request: Partial<ConnectRequest>) => void;

const SigningIn = createContext<OpenSignIn>(() => {
  throw new Error('a screen outside of the frame has no dialog to sign in');
});

/** Given by the frame to everything in it. */
export const SigningInProvider = SigningIn.Provider;

/** Opens the dialog of the frame. */
export const useSignIn = (): OpenSignIn => useContext(SigningIn);

/** Whether only the person can go on: nothing is read as this account until they sign in. */
export const hasEnded = ({ state }: { state: AccountView['state'] }): boolean => state === 'ended' || state === 'signedOut';

/** Signs in an account that nobody of this computer uses yet. */
export const anotherAccount: Partial<ConnectRequest> = { purpose: 'account' };

/** The same person once more. A connection that waits for it goes on at once; without one only the account is signed in. */
export function accountAgain(account: AccountView): Partial<ConnectRequest> {
  const waiting = account.connections.find(hasEnded) ?? account.connections[0];
  return waiting ? connectionAgain(waiting.datasetId) : { purpose: 'account', account: account.key };
}

/** Signs in again for a dataset; anybody else than its person is refused. The program holds who that is. */
export const connectionAgain = (datasetId: string): Partial<ConnectRequest> => ({ purpose: 'connection', datasetId });

/** Moves a dataset to another account, which the person signs in as. */
export const connectionElse = (datasetId: string): Partial<ConnectRequest> => ({ purpose: 'connection', datasetId, switch: true });
