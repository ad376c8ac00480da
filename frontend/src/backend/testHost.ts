// For tests only: a program behind window.go that answers what a test says, at the same edge where the
// window and `sightline serve` put the real one.
import type { FaultAction } from './types';

type Answers = Record<string, (...args: never[]) => unknown>;

interface TestHost {
  /** Every call in its order: ["Refreshes.Pause", "s1"]. */
  calls: unknown[][];
  /** Answers from now on, beside or instead of the earlier ones. */
  answer: (more: Answers) => void;
  /** Sends an event of the program. */
  emit: (name: string, data?: unknown) => void;
}

/** A refusal as the program writes it. */
export function refusal(code: string, message: string, hint = '', actions: FaultAction[] = []): Error {
  return new Error(JSON.stringify({ code, message, hint, facts: [], actions }));
}

/** Puts a program there that answers by the name "Service.Method"; any other call fails the test. */
export function startTestHost(first: Answers): TestHost {
  const answers: Answers = { ...first };
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  const calls: unknown[][] = [];
  const bound = (name: string) => async (...args: never[]) => {
    calls.push([name, ...args]);
    const known = answers[name];
    if (!known) throw refusal('internal', `The test answers no ${name}.`);
    return structuredClone(await known(...args));
  };
  const level = (make: (name: string) => unknown) => new Proxy({}, { get: (_, name) => (typeof name === 'string' ? make(name) : undefined) });
  Object.assign(window, {
    go: { desktop: level((service) => level((method) => bound(`${service}.${method}`))) },
    runtime: {
      EventsOn: (name: string, hear: (data: unknown) => void) => {
        const set = listeners.get(name) ?? new Set();
        listeners.set(name, set.add(hear));
        return () => set.delete(hear);
      },
    },
  });
  return {
    calls,
    answer: (more) => Object.assign(answers, more),
    emit: (name, data) => listeners.get(name)?.forEach((hear) => hear(data)),
  };
}
