export type ByteRange = { kind: 'whole' } | { kind: 'part'; first: number; last: number } | { kind: 'unsatisfiable' };

/**
 * Reads a Range header (RFC 9110 14.1.2) for a body of `sizeBytes`. Several ranges, other units and nonsense mean the whole
 * body, which the RFC allows; `last` is included.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(/\s/g, '') ?? '');
  const [, firstText = '', lastText = ''] = found ?? [];
  if (firstText === '' && lastText === '') return { kind: 'whole' };
  if (firstText === '') {
    const length = Math.min(Number(lastText), sizeBytes);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(firstText);
  const last = lastText === '' ? sizeBytes - 1 : Math.min(Number(lastText), sizeBytes - 1);
  if (lastText !== '' && Number(lastText) < first) return { kind: 'whole' };
  return first >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', first, last };
}
