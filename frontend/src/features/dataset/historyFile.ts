// The refresh history as a table that a spreadsheet opens.
import type { CSVFile, RunView } from '../../backend/types';
import { runSeconds } from './runs';
import { history as texts } from './texts';

// A spreadsheet runs a text that begins like this as a formula, and some of these texts came from a server.
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line a refresh, newest first, with plain numbers and RFC 3339 times. */
export function historyFile(name: string, runs: readonly RunView[]): CSVFile {
  const lines = runs.map((run) => [
    run.started, run.ended, texts.types[run.type] ?? run.type, texts.statuses[run.status] ?? run.status, runSeconds(run),
    run.added, run.changed, run.deleted, run.rows, run.requests, run.bytes, run.waited, run.parked.length, run.skipped.length, run.message,
  ]);
  const text = [texts.fileColumns, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
  return { name: `${name.replaceAll(/[\\/:*?"<>|\s]+/g, '-').replaceAll(/^-+|-+$/g, '')}-refresh-history.csv`, text: `${text}\r\n` };
}
