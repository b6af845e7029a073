import { DATA_LABEL } from '../../../domain/image.ts';

const SECTOR_BYTES = 512;

/** What the stick was told, by number; and each request that changes something outside the data partition, with its sectors. */
export function judgeStickWrites(
  requests: readonly { kind: 'write' | 'flush' | 'discard'; offsetBytes: number; sizeBytes: number }[],
  data: { startBytes: number; sizeBytes: number },
): { inside: number; firstSector: number; lastSector: number; findings: string[] } {
  const changing = requests.filter(({ kind }) => kind !== 'flush');
  const endBytes = data.startBytes + data.sizeBytes;
  const isInside = (one: { offsetBytes: number; sizeBytes: number }): boolean =>
    one.offsetBytes >= data.startBytes && one.offsetBytes + one.sizeBytes <= endBytes;
  const outside = changing.filter((one) => !isInside(one));
  const sectors = (one: { offsetBytes: number; sizeBytes: number }): string =>
    `sectors ${one.offsetBytes / SECTOR_BYTES} to ${(one.offsetBytes + one.sizeBytes) / SECTOR_BYTES - 1}`;
  return {
    inside: changing.length - outside.length,
    firstSector: data.startBytes / SECTOR_BYTES,
    lastSector: (data.startBytes + data.sizeBytes) / SECTOR_BYTES - 1,
    findings: outside.map((one) => `the stick saw a ${one.kind} outside ${DATA_LABEL}: ${sectors(one)}`),
  };
}
