// What the dialog is opened for, and what is decided before it opens and therefore not asked.
import type { AccountView, ConnectRequest } from '../../../backend/types';
import type { Connector } from '../connectors';

export interface Goal {
  purpose: ConnectRequest['purpose'];
  connector: Connector;
  given: Partial<ConnectRequest>;
  /** Name of the dataset that is signed in for again, or moved. */
  dataset?: string;
  /** Who signs in again; nobody else is taken. */
  person?: Pick<AccountView, 'name' | 'address'>;
  /** Its patterns, which a sign-in does not change. */
  patterns?: readonly string[];
}

/** A new dataset from a connector: everything is asked. */
export function newDataset(connector: Connector): Goal {
  return { purpose: '', connector, given: {} };
}

/** A connection is handed to another account. */
export function isMove({ purpose, given }: Goal): boolean {
  return purpose === 'connection' && given.switch === true;
}

/** Nobody but the account of this goal is taken. */
export function isSamePerson({ purpose, given }: Goal): boolean {
  return purpose !== '' && !given.switch && Boolean(given.account);
}
