import { number } from './numbers';

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes as a person reads them, in steps of 1,000: 412 MB, 1.3 GB. */
export function fileSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${number(size, digits)} ${units[unit]}`;
}
