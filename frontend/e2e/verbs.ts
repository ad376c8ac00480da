// The verbs of the command line, run as a script runs them.
import { type ChildProcess, spawn } from 'node:child_process';
import { binary } from './program';

export interface VerbEnd { status: number | null; out: string; diag: string }

/** A running verb: what it printed so far, and its end. */
export class Verb {
  out = '';
  diag = '';
  readonly end: Promise<VerbEnd>;
  readonly child: ChildProcess;

  constructor(args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}) {
    const child = spawn(binary, args, { env: options.env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child = child;
    child.stdout.on('data', (text: Buffer) => { this.out += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { this.diag += text.toString(); });
    child.stdin.on('error', () => undefined); // a verb that reads nothing may be gone already
    child.stdin.end(options.input ?? '');
    this.end = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, out: this.out, diag: this.diag }));
    });
  }
}

/** Runs a verb to its end. */
export function verb(args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<VerbEnd> {
  return new Verb(args, options).end;
}

/** Runs a verb that must succeed and returns its JSON. */
export async function answerOf<T>(args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<T> {
  const end = await verb(args, options);
  if (end.status !== 0) throw new Error(`sightline ${args.join(' ')} ended with ${end.status}: ${end.diag}`);
  return JSON.parse(end.out) as T;
}
