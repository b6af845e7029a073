import { open, stat } from 'node:fs/promises';
import { runOk } from '../../src/platform/process/command.ts';

/** Of ISO 9660, in which everything begins at such a block. */
const BLOCK_BYTES = 2048;
const CHUNK_BYTES = 512 * BLOCK_BYTES;
const MINUTE_MS = 60_000;

interface Region {
  name: string;
  firstBlock: number;
  blocks: number;
}

/** Where two ISOs differ: which files, or which parts around them, and how many blocks of each. */
export async function isoDifferences(one: string, other: string): Promise<string[]> {
  const [a, b] = [(await stat(one)).size, (await stat(other)).size];
  const regions = [...(await partitions(one)), ...(await files(one)), ...AROUND];
  const found = new Map<string, { blocks: number; firstByte: number }>();
  for await (const { block, byte } of differingBlocks(one, other)) {
    const name =
      regions.find(({ firstBlock, blocks }) => block >= firstBlock && block < firstBlock + blocks)?.name ?? 'directories of the ISO';
    const so = found.get(name);
    if (so === undefined) found.set(name, { blocks: 1, firstByte: byte });
    else so.blocks += 1;
  }
  const places = [...found].map(
    ([name, { blocks, firstByte }]) => `${name}: ${blocks} blocks of ${BLOCK_BYTES} bytes, from byte ${firstByte} of the ISO`,
  );
  return [...(a === b ? [] : [`size: ${a} | ${b} bytes`]), ...places];
}

const AROUND: readonly Region[] = [
  { name: 'boot code and partition table', firstBlock: 0, blocks: 16 },
  { name: 'volume descriptors', firstBlock: 16, blocks: 16 },
];

async function files(iso: string): Promise<Region[]> {
  const report = await runOk(['xorriso', '-indev', iso, '-find', '/', '-type', 'f', '-exec', 'report_lba', '--'], { timeoutMs: MINUTE_MS });
  return [...report.matchAll(/^File data lba:\s*\d+ ,\s*(\d+) ,\s*(\d+) ,\s*\d+ , '(.*)'$/gm)].map(([, firstBlock, blocks, name]) => ({
    name: `file ${name}`,
    firstBlock: Number(firstBlock),
    blocks: Number(blocks),
  }));
}

async function partitions(iso: string): Promise<Region[]> {
  const table = await runOk(['xorriso', '-indev', iso, '-report_system_area', 'plain'], { timeoutMs: MINUTE_MS });
  const rows = [...table.matchAll(/^MBR partition\s*:\s*([23])\s+\S+\s+0x[0-9a-f]{2}\s+(\d+)\s+(\d+)/gm)];
  return rows.map(([, number, start, sectors]) => ({
    name: number === '2' ? 'EFI partition' : 'data partition',
    firstBlock: Math.floor(Number(start) / 4),
    blocks: Math.ceil(Number(sectors) / 4),
  }));
}

async function* differingBlocks(one: string, other: string): AsyncGenerator<{ block: number; byte: number }> {
  await using a = await open(one);
  await using b = await open(other);
  const [left, right] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
  for (let at = 0; ; at += CHUNK_BYTES) {
    const read = Math.min((await a.read(left, 0, CHUNK_BYTES, at)).bytesRead, (await b.read(right, 0, CHUNK_BYTES, at)).bytesRead);
    if (read === 0) return;
    if (left.subarray(0, read).equals(right.subarray(0, read))) continue;
    for (let from = 0; from < read; from += BLOCK_BYTES) {
      const to = Math.min(from + BLOCK_BYTES, read);
      if (left.subarray(from, to).equals(right.subarray(from, to))) continue;
      const first = left.subarray(from, to).findIndex((byte, index) => byte !== right[from + index]);
      yield { block: (at + from) / BLOCK_BYTES, byte: at + from + first };
    }
  }
}
