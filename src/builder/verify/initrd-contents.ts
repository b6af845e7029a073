import { join } from 'node:path';
import { temporaryDirectory } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';

/** What is in an initrd: its file names, and the text of some of them. */
export interface InitrdContents {
  names: ReadonlySet<string>;
  text(path: string): string;
}

/** Unpacks a zstd-compressed initrd into a scratch directory, lists it and reads the wanted files. */
export async function readInitrd(initrdPath: string, wanted: readonly string[]): Promise<InitrdContents> {
  await using scratch = await temporaryDirectory('recon-initrd-');
  const archive = join(scratch.path, 'initrd.cpio');
  await runOk(['zstd', '-q', '-d', '-o', archive, initrdPath], { timeoutMs: 120_000 });
  const listing = await runOk(['cpio', '--quiet', '-t', '-F', archive], { timeoutMs: 120_000 });
  const texts = new Map<string, string>();
  for (const path of wanted) {
    texts.set(path, await runOk(['cpio', '--quiet', '-i', '--to-stdout', '-F', archive, path], { timeoutMs: 120_000 }));
  }
  return { names: new Set(listing.split('\n').filter((name) => name !== '')), text: (path) => texts.get(path) ?? '' };
}
