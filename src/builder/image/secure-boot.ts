import { basename, join } from 'node:path';
import type { SecureBootFiles } from '../../domain/recipe.ts';
import { installFile } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { run, runOk } from '../../platform/process/command.ts';

/** File of the EFI partition → file that goes there. */
export type EfiFiles = ReadonlyMap<string, string>;

/** Moves the signed loaders of the stick out of the root: nobody boots them from there. Empty for a recipe without any. */
export async function takeSignedLoaders(root: string, secureBoot: SecureBootFiles | undefined, directory: string): Promise<EfiFiles> {
  const taken = new Map<string, string>();
  await makeDirectory(directory);
  for (const [inPartition, inRoot] of Object.entries(secureBoot?.efi ?? {})) {
    const to = join(directory, basename(inPartition));
    await installFile(join(root, inRoot), to, 0o644);
    taken.set(inPartition, to);
  }
  for (const inRoot of Object.values(secureBoot?.efi ?? {})) await removePath(join(root, inRoot));
  return taken;
}

export interface StickGrubInput {
  /** a file in the ISO that no other medium has */
  markerPath: string;
  /** of grub.cfg, in the ISO */
  menuPath: string;
}

/**
 * What the signed GRUB reads first, from the EFI partition: the menu is in the ISO. Under Secure Boot it loads no module, so only commands that
 * are built in may stand here and there. Where the search fails $root is this partition, and this file would read itself for ever.
 */
export function firstGrubConfig({ markerPath, menuPath }: StickGrubInput): string {
  const prefix = menuPath.replace(/\/[^/]*$/, '');
  return `${[
    `if search --file --set=root ${markerPath}; then`,
    `    set prefix=($root)/${prefix}`,
    `    configfile ($root)/${menuPath}`,
    'else',
    '    echo "Recon: the rest of this stick is not found. Is it the same stick?"',
    '    sleep 60',
    'fi',
  ].join('\n')}\n`;
}

/** FAT keeps times: of all that we put there the same one, in the same zone, so that the same files give the same bytes. */
const NO_TIME = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC' };

/** Puts files into the EFI partition of an ISO, which is its boot image for optical media as well. What has their names is replaced. */
export async function fillEfiPartition(isoPath: string, files: EfiFiles): Promise<void> {
  const image = `${isoPath}@@${await efiPartitionOffset(isoPath)}`;
  for (const [name, from] of files) {
    const folders = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= folders.length; depth++) {
      // fails for a folder that is there
      await run(['mmd', '-D', 's', '-i', image, `::/${folders.slice(0, depth).join('/')}`], { timeoutMs: 60_000, environment: NO_TIME });
    }
    await runOk(['mcopy', '-D', 'o', '-i', image, from, `::/${name}`], { timeoutMs: 60_000, environment: NO_TIME });
  }
}

/** Copies a file out of the EFI partition; false when it is not there. */
export async function readEfiFile(isoPath: string, name: string, to: string): Promise<boolean> {
  const image = `${isoPath}@@${await efiPartitionOffset(isoPath)}`;
  return (await run(['mcopy', '-D', 'o', '-i', image, `::/${name}`, to], { timeoutMs: 60_000 })).status === 'ok';
}

/** Paths of all files of the EFI partition. */
export async function efiNames(isoPath: string): Promise<string[]> {
  const image = `${isoPath}@@${await efiPartitionOffset(isoPath)}`;
  const listing = await run(['mdir', '-/', '-b', '-i', image, '::/'], { timeoutMs: 60_000 });
  return listing.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => /^::\/(.*[^/])$/.exec(line.trim())?.[1] ?? []);
}

/** In bytes, of the partition of type 0xef in the MBR. */
async function efiPartitionOffset(isoPath: string): Promise<number> {
  const table = await runOk(['xorriso', '-indev', isoPath, '-report_system_area', 'plain'], { timeoutMs: 60_000 });
  const start = /^MBR partition\s*:\s*\d+\s+\S+\s+0xef\s+(\d+)\s+\d+/m.exec(table)?.[1];
  return Number(start ?? Number.NaN) * 512;
}

export interface EfiInput extends StickGrubInput {
  kiwiIso: string;
  workDirectory: string;
  secureBoot?: SecureBootFiles | undefined;
  signed: EfiFiles;
}

/** Signed loaders and their first configuration into the EFI partition of KIWI's ISO; gives what belongs into the ISO's own tree as well. */
export async function placeSignedLoaders(input: EfiInput): Promise<EfiFiles> {
  const { kiwiIso, workDirectory, secureBoot, signed } = input;
  if (secureBoot === undefined) return new Map();
  const config = join(workDirectory, 'efi-grub.cfg');
  await writeAtomic(config, firstGrubConfig(input));
  await fillEfiPartition(kiwiIso, new Map([...signed, [secureBoot.config, config]]));
  return signed;
}
