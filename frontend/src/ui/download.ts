/** Offers a text as a file where there is no dialog of the system to save it (the browser asks or saves). */
export function offerDownload(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  offerFile(name, new Blob([text], { type }));
}

/** Offers what is in the hands of the page as a file. */
export function offerFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some engines begin to read only after this turn.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Downloads what the program made at an address of its own; the answer names the file. */
export function downloadFrom(link: string): void {
  const to = document.createElement('a');
  to.href = link;
  to.download = '';
  document.body.append(to);
  to.click();
  to.remove();
}
