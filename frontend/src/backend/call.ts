// The one place that reaches the program. In the window Wails puts `window.go` and `window.runtime`
// there; under `sightline serve` /bridge.js puts the same two objects there over HTTP and events.
import type * as Accounts from '../../wailsjs/go/desktop/Accounts';
import type * as Dashboards from '../../wailsjs/go/desktop/Dashboards';
import type * as Datasets from '../../wailsjs/go/desktop/Datasets';
import type * as GetData from '../../wailsjs/go/desktop/GetData';
import type * as Exports from '../../wailsjs/go/desktop/Exports';
import type * as Items from '../../wailsjs/go/desktop/Items';
import type * as Refreshes from '../../wailsjs/go/desktop/Refreshes';
import type * as Reports from '../../wailsjs/go/desktop/Reports';
import type * as Shell from '../../wailsjs/go/desktop/Shell';
import type { Fault } from './types';

/** The bound structs as the program generated them, so that a renamed method is an error here. */
interface Services {
  Accounts: typeof Accounts; Dashboards: typeof Dashboards; Datasets: typeof Datasets; GetData: typeof GetData;
  Exports: typeof Exports;
  Items: typeof Items;
  Refreshes: typeof Refreshes; Reports: typeof Reports; Shell: typeof Shell;
}
type BoundMethod = { [S in keyof Services]: `${S}.${Extract<keyof Services[S], string>}` }[keyof Services];

type Method = (...args: unknown[]) => Promise<unknown>;
interface Host {
  go?: { desktop?: Record<string, Record<string, Method | undefined> | undefined> };
  runtime?: { EventsOn(name: string, cb: (...data: unknown[]) => void): () => void };
}
const host = window as unknown as Host;

/** A call that the program refused; `fault` is what a person reads. */
export class RefusedError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
    this.name = 'RefusedError';
  }
}

/** The refusal behind any error of a query, so that a screen can show it. */
export function faultOf(error: unknown): Fault {
  return error instanceof RefusedError ? error.fault : readFault(error);
}

/** Calls that take longer than this reject, because a lost answer would otherwise wait for ever. */
const longestCall = 60_000;

/** Calls that wait for a person, who may take as long as they like: the dialog that asks where to save. */
const patient: ReadonlySet<BoundMethod> = new Set(['Shell.Save']);

/** Calls that ask a server many things, which a large organization answers slowly. */
const slow: ReadonlySet<BoundMethod> = new Set(['Datasets.Verify']);
const slowestCall = 15 * longestCall;

/** Calls one bound method: `call('Shell.State')`. Rejects with a RefusedError only. */
export async function call<T>(name: BoundMethod, ...args: unknown[]): Promise<T> {
  const [service = '', method = ''] = name.split('.');
  const bound = host.go?.desktop?.[service]?.[method];
  if (!bound) throw new RefusedError(lost(`The program offers no ${name}.`));
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    if (patient.has(name)) return;
    const [wait, said] = slow.has(name) ? [slowestCall, '15 minutes'] : [longestCall, 'a minute'];
    timer = window.setTimeout(() => reject(new RefusedError(lost(`The program did not answer within ${said}.`))), wait);
  });
  try {
    return (await Promise.race([bound(...args), late])) as T;
  } catch (e) {
    throw e instanceof RefusedError ? e : new RefusedError(readFault(e));
  } finally {
    window.clearTimeout(timer);
  }
}

/** Hears an event of the program until the returned function is called. */
export function on<T>(name: string, hear: (data: T) => void): () => void {
  return host.runtime?.EventsOn(name, (data) => hear(data as T)) ?? (() => undefined);
}

function lost(message: string): Fault {
  return { code: 'internal', message, hint: 'Close Sightline and open it again. Nothing that was stored is lost.', facts: [], actions: [] };
}

// The program writes a refusal as JSON into the error's text, which both faces carry unchanged.
function readFault(e: unknown): Fault {
  const text = e instanceof Error ? e.message : String(e);
  try {
    const f = JSON.parse(text) as Partial<Fault>;
    if (typeof f.code === 'string' && typeof f.message === 'string') {
      return { code: f.code, message: f.message, hint: f.hint ?? '', facts: f.facts ?? [], actions: f.actions ?? [] };
    }
  } catch {
    // Not ours: fall through to a sentence that admits it.
  }
  return lost('Sightline could not do this step.');
}
