import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fatLayout } from '../../../src/platform/fat/fat-layout.ts';

/** Fields of the first sector: offset, bytes, and what a stick of 1000 clusters has there (FAT specification 1.03, section 3). */
const FIELDS = {
  sectorBytes: [11, 2, 512],
  sectorsPerCluster: [13, 1, 8],
  reservedSectors: [14, 2, 32],
  tables: [16, 1, 2],
  rootEntries: [17, 2, 0],
  tableSectors16: [22, 2, 0],
  sectors: [32, 4, 32 + 2 * 100 + 8 * 1000 + 7],
  tableSectors: [36, 4, 100],
  rootCluster: [44, 4, 5],
  signature: [510, 2, 0xaa55],
} as const;
type Field = keyof typeof FIELDS;

function sector(change: Partial<Record<Field, number>> = {}): Buffer {
  const bytes = Buffer.alloc(512);
  for (const [name, [at, lengthBytes, usual]] of Object.entries(FIELDS)) bytes.writeUIntLE(change[name as Field] ?? usual, at, lengthBytes);
  return bytes;
}

it('tells where the parts lie', () => {
  assert.deepEqual(fatLayout(sector()), {
    clusterBytes: 4096,
    tableStartBytes: 32 * 512,
    tableBytes: 100 * 512,
    dataStartBytes: 232 * 512,
    rootCluster: 5,
    endCluster: 1002,
  });
});

const ends: readonly [change: Partial<Record<Field, number>>, endCluster: number][] = [
  [{ tableSectors: 1, sectors: 9000 }, 128],
  [{ sectors: 232 + 8 }, 3],
  [{ sectorBytes: 4096, sectorsPerCluster: 1 }, 8239 - 232 + 2],
  [{ tables: 1, reservedSectors: 1 }, 2 + Math.floor((8239 - 101) / 8)],
];
for (const [change, endCluster] of ends)
  it(`counts clusters: ${JSON.stringify(change)}`, () => assert.equal(fatLayout(sector(change))?.endCluster, endCluster));

const none: readonly Partial<Record<Field, number>>[] = [
  { signature: 0x55aa },
  { signature: 0xaa00 },
  { rootEntries: 512 },
  { rootEntries: 16 },
  { tableSectors16: 9 },
  { tableSectors: 0 },
  { sectorBytes: 0 },
  { sectorBytes: 256 },
  { sectorBytes: 768 },
  { sectorsPerCluster: 0 },
  { sectorsPerCluster: 3 },
  { reservedSectors: 0 },
  { tables: 0 },
  { sectors: 232 + 7 },
  { sectors: 0 },
];
for (const change of none) it(`is no FAT32: ${JSON.stringify(change)}`, () => assert.equal(fatLayout(sector(change)), undefined));

it('is no FAT32: a sector that is cut off', () => assert.equal(fatLayout(sector().subarray(0, 511)), undefined));
