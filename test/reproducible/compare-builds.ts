import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackInitrd } from '../../src/builder/initrd/pack-initrd.ts';
import { splitProgram } from '../../src/builder/initrd/program-archive.ts';
import { PROGRAM_LAYER } from '../../src/domain/image.ts';
import { namesIn } from '../../src/platform/files/directories.ts';
import { readOrUndefined, temporaryDirectory } from '../../src/platform/files/files.ts';
import { hashImage } from '../../src/platform/machine/disk-image-file.ts';
import { mountReadOnly } from '../../src/platform/machine/mount.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { isoDifferences } from './iso-differences.ts';
import { treeDifferences } from './tree-differences.ts';

/** Differences that are told of one part. */
const TOLD = 40;

/** What differs in two folders with a finished build, as lines for a person; empty when each file is the same. The log of the build is none of it. */
export async function compareBuilds(one: string, other: string): Promise<string[]> {
  const names = [...new Set([...(await namesIn(one)), ...(await namesIn(other))])].filter((name) => name !== 'build.log').sort();
  const lines: string[] = [];
  for (const name of names) {
    const [a, b] = [join(one, name), join(other, name)];
    if ((await hashOf(a)) === (await hashOf(b))) continue;
    const found = await differencesOf(name, a, b);
    lines.push(`${name} differs:`, ...found.slice(0, TOLD).map((line) => `  ${line}`));
    if (found.length > TOLD) lines.push(`  … and ${found.length - TOLD} more`);
  }
  return lines;
}

async function differencesOf(name: string, a: string, b: string): Promise<string[]> {
  if ((await readOrUndefined(a)) === undefined || (await readOrUndefined(b)) === undefined) return ['it is in one build only'];
  await using scratch = await temporaryDirectory('recon-compare-');
  const [inOne, inOther] = [join(scratch.path, 'one'), join(scratch.path, 'other')];
  if (name.endsWith('.iso')) return isoDifferences(a, b);
  if (name.endsWith('.squashfs')) {
    await using first = await mountReadOnly(a, inOne, 'squashfs');
    await using second = await mountReadOnly(b, inOther, 'squashfs');
    return orPacking(await treeDifferences(first.path, second.path, { withTimes: true }));
  }
  const unpack = name.startsWith('initrd-') ? unpackWithProgram : name.startsWith('drivers-') ? unpackDrivers : undefined;
  if (unpack === undefined) return lineDifferences(await textOf(a), await textOf(b));
  for (const [archive, tree] of [
    [a, inOne],
    [b, inOther],
  ] as const) {
    await mkdir(tree);
    await unpack(archive, tree, scratch.path);
  }
  return orPacking(await treeDifferences(inOne, inOther, { withTimes: false }));
}

function orPacking(differences: string[]): string[] {
  return differences.length === 0 ? ['the same files, packed in another way'] : differences;
}

/** The program in it is left packed, where it is in the initrd. */
async function unpackWithProgram(path: string, tree: string, work: string): Promise<void> {
  const { initrd, layer } = splitProgram(await readFile(path));
  await writeFile(join(work, 'initrd'), initrd);
  await unpackInitrd(join(work, 'initrd'), tree, work);
  if (layer !== undefined) await writeFile(join(tree, PROGRAM_LAYER), layer);
}

async function unpackDrivers(archive: string, tree: string): Promise<void> {
  const plain = await runOk(['sh', '-c', 'xz --decompress --stdout < "$1" | (cd "$2" && cpio --quiet -i -d -m)', 'sh', archive, tree], {
    timeoutMs: 300_000,
  });
  if (plain !== '') throw new Error(plain);
}

/** Lines that one text has and the other has not at that place. */
export function lineDifferences(one: string, other: string): string[] {
  const [a, b] = [one.split('\n'), other.split('\n')];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index)
    .filter((index) => a[index] !== b[index])
    .map((index) => `line ${index + 1}: ${(a[index] ?? 'none').trim().slice(0, 100)} | ${(b[index] ?? 'none').trim().slice(0, 100)}`);
}

async function textOf(path: string): Promise<string> {
  return (await readOrUndefined(path))?.toString('utf8') ?? '';
}

async function hashOf(path: string): Promise<string> {
  return hashImage(path).catch(() => 'none');
}
