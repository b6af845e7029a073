import { DATA_LABEL } from '../../../domain/image.ts';
import { withPartitionMoved } from '../../../platform/machine/partition-table.ts';

const SECTOR_BYTES = 512;
const DATA_PARTITION = 3;

interface Place {
  startBytes: number;
  sizeBytes: number;
}

interface StickRequest {
  kind: 'write' | 'flush' | 'discard';
  offsetBytes: number;
  sizeBytes: number;
}

/**
 * What the stick was told, by number; and each request that changes something outside the data partition, with its sectors. `grown`: where the data
 * partition is now, to which one write of the first sector may point, once.
 */
export function judgeStickWrites(
  requests: readonly StickRequest[],
  data: Place,
  grown: Place = data,
): { inside: number; firstSector: number; lastSector: number; findings: string[] } {
  const changing = requests.filter(({ kind }) => kind !== 'flush');
  const isIn = (place: Place, one: StickRequest): boolean =>
    one.offsetBytes >= place.startBytes && one.offsetBytes + one.sizeBytes <= place.startBytes + place.sizeBytes;
  const outside = changing.filter((one) => !isIn(data, one) && !isIn(grown, one));
  const isPointing = ({ kind, offsetBytes, sizeBytes }: StickRequest): boolean =>
    kind === 'write' && offsetBytes === 0 && sizeBytes === SECTOR_BYTES;
  const pointing = grown.startBytes === data.startBytes ? undefined : outside.find(isPointing);
  const sectors = (one: StickRequest): string =>
    `sectors ${one.offsetBytes / SECTOR_BYTES} to ${(one.offsetBytes + one.sizeBytes) / SECTOR_BYTES - 1}`;
  return {
    inside: changing.length - outside.length,
    firstSector: data.startBytes / SECTOR_BYTES,
    lastSector: (grown.startBytes + grown.sizeBytes) / SECTOR_BYTES - 1,
    findings: [
      ...outside.filter((one) => one !== pointing).map((one) => `the stick saw a ${one.kind} outside ${DATA_LABEL}: ${sectors(one)}`),
      ...(pointing === undefined ? [] : oldDataAfter(changing.slice(changing.indexOf(pointing) + 1), data, isIn)),
    ],
  };
}

/** Once the new one counts, nobody writes where the old one was. */
function oldDataAfter(later: readonly StickRequest[], data: Place, isIn: (place: Place, one: StickRequest) => boolean): string[] {
  return later.some((one) => isIn(data, one)) ? [`the stick saw a write to what was ${DATA_LABEL} before it grew`] : [];
}

/** Findings: what else than the place of the data partition differs in the first sector; both are 512 bytes. */
export function findOtherTableChanges(before: Uint8Array, after: Uint8Array, grown: Place): string[] {
  return withPartitionMoved(before, DATA_PARTITION, grown).equals(after)
    ? []
    : [`the stick's first sector has other changes than the place of ${DATA_LABEL}`];
}
