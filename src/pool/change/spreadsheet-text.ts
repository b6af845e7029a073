/**
 * The text of a file that a spreadsheet saved: UTF-8, UTF-16 with its byte order mark ("Unicode text"), or what old ones write in Western
 * Europe (windows-1252), which is told from UTF-8 by bytes that cannot be any. Pure.
 */
export function spreadsheetText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
