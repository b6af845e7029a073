import { peSignatures } from './pe-signatures.ts';

/** A program of the boot chain, and who must have issued the certificates that it is signed with. */
export interface ChainPart {
  what: string;
  content: Buffer | undefined;
  signers: readonly string[];
}

/** What is wrong with the programs that firmware, shim and GRUB check; empty when nothing is. */
export function signatureFaults(parts: readonly ChainPart[]): string[] {
  return parts.flatMap(({ what, content, signers }) => {
    if (content === undefined) return [`${what} is missing`];
    const { issuers, isOfTheseBytes } = peSignatures(content);
    if (issuers.length === 0) return [`${what} is not signed: Secure Boot refuses it`];
    const missing = signers.filter((signer) => !issuers.includes(signer));
    return [
      ...missing.map((signer) => `${what} is not signed by ${signer} (only by ${issuers.join(', ')})`),
      ...(isOfTheseBytes ? [] : [`${what} was changed after it was signed`]),
    ];
  });
}

/** Shim starts this in the place of GRUB where it is, and it makes boot entries in the firmware. */
export const FALLBACK = /(^|\/)fb(x64|aa64)\.efi$/i;

/** Programs in the root of the image that enrol keys or write the firmware's variables; nothing here needs one. */
export const WRITERS_OF_VARIABLES = ['usr/bin/mokutil', 'usr/sbin/update-secureboot-policy', 'usr/bin/efibootmgr', 'usr/sbin/efibootmgr'];

/** What is wrong with the names in the EFI partition, and with the first configuration there. */
export function efiPartitionFaults(names: readonly string[], config: string, menuPath: string): string[] {
  const fallback = names.find((name) => FALLBACK.test(name));
  return [
    ...(fallback === undefined ? [] : [`the EFI partition holds ${fallback}, which writes boot entries into the firmware`]),
    ...(/^if search --file --set=root /m.test(config) && config.includes(`configfile ($root)/${menuPath}`)
      ? []
      : ['the first configuration in the EFI partition does not lead to the menu']),
  ];
}

/** Commands that are built into the signed GRUB of the stick: under lockdown it loads no module (seen with `lsmod` in Debian 13's gcdx64). */
const BUILT_IN = new Set([
  ...['search', 'set', 'if', 'then', 'else', 'fi', 'configfile', 'echo', 'sleep', 'serial', 'terminal_input', 'terminal_output'],
  ...['menuentry', 'linux', 'initrd', 'exit', '}'],
]);

/** Commands of a menu that only a module would know. */
export function moduleCommands(config: string): string[] {
  const commands = config.split('\n').flatMap((line) => /^\s*([A-Za-z_}][A-Za-z_]*)/.exec(line)?.[1] ?? []);
  return [...new Set(commands)].filter((command) => !BUILT_IN.has(command));
}
