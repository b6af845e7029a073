import { join } from 'node:path';
import type { SecureBootFiles } from '../../domain/recipe.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';
import { efiNames, readEfiFile } from '../image/efi-partition.ts';
import { type ChainPart, efiPartitionFaults, moduleCommands, signatureFaults, WRITERS_OF_VARIABLES } from './signature-rules.ts';

export interface SignedInput {
  secureBoot: SecureBootFiles | undefined;
  isoPath: string;
  /** of grub.cfg, in the ISO */
  menuPath: string;
  menu: string;
  kernelPath: string;
  scratch: string;
}

/** Faults of what Secure Boot checks on the stick; none for a recipe that starts where it is off. */
export async function stickChainFaults(input: SignedInput): Promise<string[]> {
  const { secureBoot, isoPath, menuPath, menu, kernelPath, scratch } = input;
  if (secureBoot === undefined) return [];
  const { efi, shim, config, signers } = secureBoot;
  const kernel = await readOrUndefined(kernelPath);
  const parts: ChainPart[] = [{ what: 'the kernel', content: kernel, signers: signers.others }];
  for (const name of Object.keys(efi)) {
    const own = name === shim ? signers.shim : signers.others;
    parts.push({ what: `${name} of the EFI partition`, content: await fromPartition(isoPath, name, scratch), signers: own });
    parts.push({ what: `${name} of the ISO`, content: await fromTree(isoPath, name, scratch), signers: own });
  }
  const first = (await fromPartition(isoPath, config, scratch))?.toString('utf8') ?? '';
  const unknown = moduleCommands(`${first}\n${menu}`);
  return [
    ...signatureFaults(parts),
    ...efiPartitionFaults(await efiNames(isoPath), first, menuPath),
    ...unknown.map((command) => `the boot menu uses ${command}, which the signed GRUB does not know`),
  ];
}

/** Faults of the signed loaders that a master serves, and of programs that could write what Secure Boot keeps. */
export async function servedChainFaults(root: string, loaders: string, secureBoot: SecureBootFiles | undefined): Promise<string[]> {
  const writers: string[] = [];
  for (const path of WRITERS_OF_VARIABLES)
    if (await exists(join(root, path))) writers.push(`/${path} is in the image, and writes the firmware's variables`);
  if (secureBoot === undefined) return writers;
  const { signers } = secureBoot;
  const names = (await namesIn(join(root, loaders)).catch(() => [])).filter((name) => /^(shim|grub)[a-z0-9]+\.efi$/.test(name));
  const parts: ChainPart[] = [];
  for (const name of names) {
    const content = await readOrUndefined(join(root, loaders, name));
    parts.push({ what: `/${loaders}/${name}`, content, signers: name.startsWith('shim') ? signers.shim : signers.others });
  }
  const config = `/${loaders}/grub/grub.cfg`;
  const hasConfig = names.length === 0 || (await exists(join(root, config)));
  return [...writers, ...signatureFaults(parts), ...(hasConfig ? [] : [`${config} is missing`])];
}

async function fromPartition(isoPath: string, name: string, scratch: string): Promise<Buffer | undefined> {
  const to = join(scratch, 'from-efi-partition');
  return (await readEfiFile(isoPath, name, to)) ? readOrUndefined(to) : undefined;
}

async function fromTree(isoPath: string, name: string, scratch: string): Promise<Buffer | undefined> {
  const to = join(scratch, 'from-iso');
  const argv = ['xorriso', '-osirrox', 'on', '-overwrite', 'on', '-indev', isoPath, '-extract', `/${name}`, to] as const;
  return (await run(argv, { timeoutMs: 60_000 })).status === 'ok' ? readOrUndefined(to) : undefined;
}
