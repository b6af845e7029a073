import { basename, join } from 'node:path';
import type { SecureBootFiles } from '../../domain/recipe.ts';
import { installFile } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { type EfiFiles, remakeEfiPartition } from './efi-partition.ts';

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

export interface EfiInput extends StickGrubInput {
  /** the finished ISO */
  isoPath: string;
  workDirectory: string;
  secureBoot?: SecureBootFiles | undefined;
  signed: EfiFiles;
}

/** Signed loaders and their first configuration into the EFI partition of the ISO; a recipe without any keeps what KIWI put there. */
export async function placeSignedLoaders(input: EfiInput): Promise<void> {
  const { isoPath, workDirectory, secureBoot, signed } = input;
  const files = new Map<string, string>();
  if (secureBoot !== undefined) {
    const config = join(workDirectory, 'efi-grub.cfg');
    await writeAtomic(config, firstGrubConfig(input));
    for (const [name, from] of [...signed, [secureBoot.config, config] as const]) files.set(name, from);
  }
  await remakeEfiPartition(isoPath, files, workDirectory);
}
