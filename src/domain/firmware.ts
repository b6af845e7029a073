/** What starts one kind of firmware. */
interface Loaders {
  /** shim, which every firmware starts, and what it goes on with: all of it has to be there */
  signed?: readonly [shim: string, ...beside: string[]];
  /** iPXE, which firmware refuses where Secure Boot is on */
  unsigned: string;
}

/** GRUB's first configuration lies in this folder, at whichever server GRUB came from (the prefix that is built into the signed network GRUB). */
export const GRUB_FOLDER = 'grub';

const BIOS: Loaders = { unsigned: 'undionly.kpxe' };
const X64: Loaders = { signed: ['shimx64.efi', 'grubx64.efi', 'snponly.efi', GRUB_FOLDER], unsigned: 'snponly.efi' };
const ARM64: Loaders = { signed: ['shimaa64.efi', 'grubaa64.efi', GRUB_FOLDER], unsigned: 'ipxe-arm64.efi' };

/**
 * Client system architecture: DHCP option 93 (RFC 4578 2.1) and DHCPv6 option 61 (RFC 5970 3.3), whose values are the IANA registry
 * "Processor Architecture Types". `loaders` missing: there are none, and such a machine is not answered.
 */
export const CLIENT_ARCHITECTURES = [
  { name: 'bios', option93: 0, words: 'BIOS', loaders: BIOS },
  { name: 'efi-ia32', option93: 6, words: 'UEFI on 32-bit x86', loaders: undefined },
  { name: 'efi-x64', option93: 7, words: 'UEFI on x86_64', loaders: X64 },
  // Some x86_64 firmware calls itself byte code, because RFC 4578 once had 7 and 9 the other way round.
  { name: 'efi-ebc', option93: 9, words: 'UEFI byte code', loaders: X64 },
  { name: 'efi-arm32', option93: 10, words: 'UEFI on 32-bit ARM', loaders: undefined },
  { name: 'efi-arm64', option93: 11, words: 'UEFI on 64-bit ARM', loaders: ARM64 },
  { name: 'efi-ia32-http', option93: 15, words: 'UEFI HTTP boot on 32-bit x86', loaders: undefined },
  { name: 'efi-x64-http', option93: 16, words: 'UEFI HTTP boot on x86_64', loaders: X64 },
  { name: 'efi-arm32-http', option93: 18, words: 'UEFI HTTP boot on 32-bit ARM', loaders: undefined },
  { name: 'efi-arm64-http', option93: 19, words: 'UEFI HTTP boot on 64-bit ARM', loaders: ARM64 },
  { name: 'efi-riscv64', option93: 27, words: 'UEFI on 64-bit RISC-V', loaders: undefined },
  { name: 'efi-riscv64-http', option93: 28, words: 'UEFI HTTP boot on 64-bit RISC-V', loaders: undefined },
  { name: 'efi-loongarch64', option93: 39, words: 'UEFI on LoongArch64', loaders: undefined },
  { name: 'efi-loongarch64-http', option93: 40, words: 'UEFI HTTP boot on LoongArch64', loaders: undefined },
] as const;

export type ClientArchitecture = (typeof CLIENT_ARCHITECTURES)[number]['name'];

/** A firmware and the loader that it is handed. */
export interface LoadedArchitecture {
  name: ClientArchitecture;
  option93: number;
  loader: string;
  /** iPXE, by itself: over IPv6, where the signed GRUB would not find us; missing: it is not there */
  unsigned?: string;
}

/** The firmware that can be started, by the names in the folder of loaders: shim where all that it needs is there, else iPXE. */
export function loadedArchitectures(files: readonly string[]): LoadedArchitecture[] {
  return CLIENT_ARCHITECTURES.flatMap(({ name, option93, loaders }) => {
    if (loaders === undefined) return [];
    const { signed, unsigned }: Loaders = loaders;
    const isSigned = signed?.every((file) => files.includes(file)) === true;
    const isUnsigned = files.includes(unsigned);
    const loader = isSigned ? signed[0] : isUnsigned ? unsigned : undefined;
    return loader === undefined ? [] : [{ name, option93, loader, ...(isUnsigned ? { unsigned } : {}) }];
  });
}

/** Architecture number in a vendor class such as `PXEClient:Arch:00007:UNDI:003016` (RFC 4578 2, PXE 2.1); undefined when it names none. */
export function architectureOf(vendorClass: string): number | undefined {
  const digits = /^(?:PXE|HTTP)Client:Arch:(\d{5})/.exec(vendorClass)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Why a machine with this firmware gets no answer, in words. */
export function unansweredFirmware(mac: string, architecture: number | undefined): string {
  if (architecture === undefined) return `${mac} does not say which firmware it has: not answered`;
  const known = CLIENT_ARCHITECTURES.find(({ option93 }) => option93 === architecture);
  if (known === undefined) return `unknown firmware type ${architecture} of ${mac}: not answered`;
  return `${mac} not answered: no loader for ${known.words}`;
}
