import { createSparseFile, readImageHead, writeAt } from '../../../platform/machine/disk-image-file.ts';
import { type Argv, runOk } from '../../../platform/process/command.ts';
import { type GptPartition, gptEnds, PARTITION_TYPES } from './gpt.ts';

const MIB = 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** A partition, and the program that fills it: the path of a file of its size is added to the arguments. */
interface Filled extends Omit<GptPartition, 'type'> {
  type: keyof typeof PARTITION_TYPES;
  fill: Argv;
  /** a part of the superblock that is put right afterwards */
  patch?: (bytes: Buffer) => void;
}

/** Partitions that systemd finds by their types alone. */
export function makeDiscoverable(path: string, sizeBytes: number): Promise<void> {
  return makePartitioned(path, sizeBytes, [
    { type: 'esp', startBytes: MIB, sizeBytes: 8 * MIB, fill: ['mkfs.vfat', '-n', 'FOREIGNESP'] },
    { type: 'rootX8664', startBytes: 10 * MIB, sizeBytes: 20 * MIB, fill: ['mkfs.ext4', '-q', '-F', '-L', 'foreignroot'] },
    { type: 'swap', startBytes: 32 * MIB, sizeBytes: 8 * MIB, fill: ['mkswap', '-L', 'foreignswap'] },
    { type: 'home', startBytes: 42 * MIB, sizeBytes: 16 * MIB, fill: ['mkfs.ext4', '-q', '-F', '-L', 'foreignhome'] },
  ]);
}

/** An ESP whose last user did not unmount it: FAT specification 1.03, section 4.1 (ClnShutBit), and the bit that Linux sets. */
export function makeDirtyEsp(path: string, sizeBytes: number): Promise<void> {
  const patch = (bytes: Buffer): void => {
    const fat = bytes.readUInt16LE(14) * bytes.readUInt16LE(11);
    bytes.writeUInt8(bytes.readUInt8(65) | 1, 65);
    bytes.writeUInt32LE((bytes.readUInt32LE(fat + 4) & ~0x08000000) >>> 0, fat + 4);
  };
  const fill: Argv = ['mkfs.vfat', '-F', '32', '-s', '1', '-n', 'DIRTYESP'];
  return makePartitioned(path, sizeBytes, [{ type: 'esp', startBytes: MIB, sizeBytes: 56 * MIB, fill, patch }]);
}

const JOURNAL_UUID = '52454841-5253-414c-8000-00006a6f7572';

/** A file system whose journal is the other partition, which still notes an error (Linux, fs/jbd2: s_errno, big-endian). */
export async function makeJournalApart(path: string, sizeBytes: number): Promise<void> {
  const journal: Argv = ['mkfs.ext4', '-q', '-F', '-b', '4096', '-O', 'journal_dev', '-U', JOURNAL_UUID];
  const startBytes = 12 * MIB;
  await makePartitioned(path, sizeBytes, [
    { type: 'linux', startBytes: MIB, sizeBytes: 10 * MIB, fill: journal, patch: (bytes) => void bytes.writeInt32BE(-5, 4096 + 0x20) },
    { type: 'linux', startBytes, sizeBytes: 48 * MIB, fill: ['mkfs.ext4', '-q', '-F', '-b', '4096', '-O', '^has_journal', '-L', 'apart'] },
  ]);
  const script = [
    'feature has_journal',
    'feature needs_recovery',
    `set_super_value journal_uuid ${JOURNAL_UUID}`,
    'set_super_value journal_dev 0x0801',
    'set_super_value state 2',
    'set_super_value error_count 1',
  ];
  await runOk(['debugfs', '-w', '-f', '-', `${path}?offset=${startBytes}`], { timeoutMs: TIMEOUT_MS, input: `${script.join('\n')}\n` });
}

async function makePartitioned(path: string, sizeBytes: number, partitions: readonly Filled[]): Promise<void> {
  const { head, tail } = gptEnds(
    sizeBytes,
    partitions.map(({ type, ...place }) => ({ ...place, type: PARTITION_TYPES[type] })),
  );
  await writeAt(path, 0, head);
  await writeAt(path, sizeBytes - tail.length, tail);
  for (const [index, { startBytes, sizeBytes: size, fill, patch }] of partitions.entries()) {
    const part = `${path}.${index + 1}`;
    await createSparseFile(part, size);
    await runOk([...fill, part], { timeoutMs: TIMEOUT_MS });
    const bytes = await readImageHead(part, size);
    patch?.(bytes);
    await writeAt(path, startBytes, bytes);
  }
}
