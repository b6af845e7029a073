/** The text of a file as a person's program has saved it. */
export interface SavedText {
  text: string;
  /** in words, where it was not UTF-8 */
  encoding?: string;
}

/** So much of a file tells its encoding. */
const SAMPLE_BYTES = 1024;

/**
 * Reads a file of a person: UTF-8, UTF-16 (by its byte order mark, or by the NUL bytes that every other letter has), or what older programs
 * write in Western Europe (windows-1252), which is told from UTF-8 by bytes that cannot be any. Lines end with a newline alone,
 * whatever system they are from. Pure.
 */
export function savedText(bytes: Uint8Array): SavedText {
  const { text, ...rest } = decoded(bytes);
  // a lone one among other ends of lines is a letter, in a cell or a script
  return { text: text.includes('\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\r', '\n'), ...rest };
}

function decoded(bytes: Uint8Array): SavedText {
  const utf16 = utf16Order(bytes);
  if (utf16 !== undefined) return { text: new TextDecoder(utf16).decode(bytes), encoding: 'UTF-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const nuls = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const most = sample.length / 4;
  if (odd > most && even === 0) return 'utf-16le';
  return even > most && odd === 0 ? 'utf-16be' : undefined;
}
