import { shell } from './api';
import { faultOf } from './call';
import type { CSVFile } from './types';

/** What became of a file: where it lies, that the page must offer it, or why it was not made. */
export type Saved = { path: string } | { offer: CSVFile } | { canceled: true } | { refused: string };

/** Makes a file and asks the program to save it. Never rejects: a refusal is a sentence. */
export async function saveMade(make: () => Promise<CSVFile>): Promise<Saved> {
  try {
    const file = await make();
    const result = await shell.save(file);
    if (result.download) return { offer: file };
    return result.canceled ? { canceled: true } : { path: result.path };
  } catch (e) {
    const fault = faultOf(e);
    return { refused: [fault.message, fault.hint].filter(Boolean).join(' ') };
  }
}
