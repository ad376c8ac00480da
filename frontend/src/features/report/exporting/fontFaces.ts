// The fonts of the page as text: a drawing that becomes a picture may not fetch any.

let made: Promise<string> | undefined;

/** The font faces of the page, their files within. Made once; a file that cannot be had is left out. */
export function fontFaces(): Promise<string> {
  made ??= embedded();
  return made;
}

async function embedded(): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule).map((rule) => ({ text: rule.cssText, base: sheet.href ?? document.baseURI })));
  const texts = await Promise.all(faces.map(async ({ text, base }) => within(text, base).catch(() => '')));
  return texts.join('\n');
}

const address = /url\(["']?([^"')]+)["']?\)/;

async function within(text: string, base: string): Promise<string> {
  const file = address.exec(text)?.[1];
  if (!file || file.startsWith('data:')) return text;
  const answer = await fetch(new URL(file, base));
  if (!answer.ok) return '';
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return text.replace(address, `url("data:font/woff2;base64,${btoa(binary)}")`);
}
