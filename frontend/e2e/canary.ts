// Looks for a secret in files, as it is and as it would travel.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every file of a folder and of the folders in it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((f) => (f.isDirectory() ? filesBelow(path.join(folder, f.name)) : [path.join(folder, f.name)]));
}

/** Whether a text holds the secret: plain, or in any of the three ways that base64 can cut it. */
export function holds(content: Buffer, secret: string): boolean {
  const cuts = ['', ' ', '  '].map((before) => Buffer.from(before + secret).toString('base64').slice(4, -4));
  return [secret, ...cuts].some((text) => content.includes(text));
}

/** The names of the files below a folder that hold the secret. */
export function filesHolding(folder: string, secret: string): string[] {
  return filesBelow(folder).filter((file) => holds(readFileSync(file), secret)).map((file) => path.basename(file));
}
