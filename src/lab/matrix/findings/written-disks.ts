import type { MatrixDisk } from '../disks/matrix-disks.ts';

const SECTOR_BYTES = 512;
const MOST_PLACES = 4;

/** What QEMU counted and logged of a disk. */
export interface WrittenDisk {
  disk: MatrixDisk;
  counters: { writes: number; unmaps: number };
  requests: readonly { kind: 'write' | 'flush' | 'discard'; offsetBytes: number; sizeBytes: number }[];
  isChanged: boolean;
}

/** What was done to a disk, and where, in words; undefined when nothing was. A flush is no write: nothing is new on the medium after it. */
export function describeWrites({ counters, requests, isChanged }: WrittenDisk): string | undefined {
  const changing = requests.filter(({ kind }) => kind !== 'flush');
  if (counters.writes + counters.unmaps + changing.length === 0 && !isChanged) return undefined;
  const places = changing.slice(0, MOST_PLACES).map(({ kind, offsetBytes, sizeBytes }) => {
    const first = offsetBytes / SECTOR_BYTES;
    const last = (offsetBytes + sizeBytes) / SECTOR_BYTES - 1;
    return `${kind === 'discard' ? 'unmap of ' : ''}${first === last ? `sector ${first}` : `sectors ${first} to ${last}`}`;
  });
  const rest = changing.length - places.length;
  return [
    `${counters.writes} writes and ${counters.unmaps} unmaps`,
    ...(places.length === 0 ? [] : [`${places.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`]),
    isChanged ? 'its content is another one' : 'its content is the same',
  ].join('; ');
}

/** Each written disk by name: what lies on it, what was written where, and what that costs its owner. */
export function findWrittenDisks(traces: readonly WrittenDisk[]): string[] {
  return traces.flatMap((trace) => {
    const { content, bus, loss } = trace.disk;
    const what = describeWrites(trace);
    return what === undefined ? [] : [`${content} on ${bus}: ${what} (${loss})`];
  });
}

/** The disks that the guest never read: what was not looked at proves nothing. */
export function findUnreadDisks(traces: readonly { disk: MatrixDisk; counters: { reads: number } }[]): string[] {
  return traces
    .filter(({ counters }) => counters.reads === 0)
    .map(({ disk }) => `${disk.content} on ${disk.bus} was never read: it proves nothing`);
}
