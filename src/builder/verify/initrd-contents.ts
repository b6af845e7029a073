import { join } from 'node:path';
import { PROGRAM_LAYER } from '../../domain/image.ts';
import { readOrUndefined, temporaryDirectory, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { splitProgram } from '../initrd/program-archive.ts';
import type { PackedFile } from './budgets.ts';

/** What is in an initrd: its file names, and the text of some of them. */
export interface InitrdContents {
  names: ReadonlySet<string>;
  files: readonly PackedFile[];
  text(path: string): string;
}

/** A line of `cpio -tv`: as `ls -l` writes it; links have their target behind an arrow, and devices two numbers for a size. xorriso quotes names. */
function listedFile(line: string): PackedFile[] {
  const found = /^\S+\s+\d+\s+\S+\s+\S+\s+(?:\d+,\s*)?(\d+)\s+\S+\s+\d+\s+[\d:]+\s(.*?)(?: -> .*)?$/.exec(line);
  const path = (found?.[2] ?? '').replace(/^'\/?(.*)'$/, '$1');
  return found === null ? [] : [{ path, sizeBytes: Number(found[1]) }];
}

/** What is in an archive that xz has packed: files, folders and links. */
export async function filesInArchive(path: string): Promise<PackedFile[]> {
  await using scratch = await temporaryDirectory('recon-archive-');
  const archive = join(scratch.path, 'archive.cpio');
  await runOk(['cp', path, `${archive}.xz`], { timeoutMs: 120_000 });
  await runOk(['xz', '-q', '-d', `${archive}.xz`], { timeoutMs: 120_000 });
  return await listArchive(archive);
}

async function listArchive(archive: string): Promise<PackedFile[]> {
  const listing = await runOk(['cpio', '--quiet', '-t', '-v', '--numeric-uid-gid', '-F', archive], { timeoutMs: 120_000 });
  return listing.split('\n').flatMap(listedFile);
}

/** What is in the tree of an ISO, as far as nothing of it is packed. */
export async function filesInIso(isoPath: string): Promise<PackedFile[]> {
  const listing = await runOk(['xorriso', '-indev', isoPath, '-find', '/', '-type', 'f', '-exec', 'lsdl', '--'], { timeoutMs: 120_000 });
  return listing.split('\n').flatMap(listedFile);
}

/** Unpacks an initrd, which zstd has packed and our program stands behind, into a scratch directory, lists it and reads the files whose names are wanted. */
export async function readInitrd(initrdPath: string, wanted: (name: string) => boolean): Promise<InitrdContents> {
  await using scratch = await temporaryDirectory('recon-initrd-');
  const archive = join(scratch.path, 'initrd.cpio');
  const { initrd, layer } = splitProgram((await readOrUndefined(initrdPath)) ?? Buffer.alloc(0));
  await writeAtomic(`${archive}.zst`, initrd);
  await runOk(['zstd', '-q', '-d', '-o', archive, `${archive}.zst`], { timeoutMs: 120_000 });
  const program = layer === undefined ? [] : [{ path: PROGRAM_LAYER, sizeBytes: layer.length }];
  const files = [...(await listArchive(archive)), ...program];
  const texts = new Map<string, string>();
  for (const { path } of files.filter((file) => wanted(file.path))) {
    texts.set(path, await runOk(['cpio', '--quiet', '-i', '--to-stdout', '-F', archive, path], { timeoutMs: 120_000 }));
  }
  return { names: new Set(files.map(({ path }) => path)), files, text: (path) => texts.get(path) ?? '' };
}
