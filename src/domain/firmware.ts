/**
 * Client system architecture: DHCP option 93 (RFC 4578 2.1) and DHCPv6 option 61 (RFC 5970 3.3), whose values are the IANA registry
 * "Processor Architecture Types". `loader`: the file that we hand to it; missing: we have none, and such a machine is not answered.
 */
export const CLIENT_ARCHITECTURES = [
  { name: 'bios', option93: 0, words: 'BIOS', loader: 'undionly.kpxe' },
  { name: 'efi-ia32', option93: 6, words: 'UEFI on 32-bit x86', loader: undefined },
  { name: 'efi-x64', option93: 7, words: 'UEFI on x86_64', loader: 'snponly.efi' },
  // Some x86_64 firmware calls itself byte code, because RFC 4578 once had 7 and 9 the other way round.
  { name: 'efi-ebc', option93: 9, words: 'UEFI byte code', loader: 'snponly.efi' },
  { name: 'efi-arm32', option93: 10, words: 'UEFI on 32-bit ARM', loader: undefined },
  { name: 'efi-arm64', option93: 11, words: 'UEFI on 64-bit ARM', loader: undefined },
  { name: 'efi-ia32-http', option93: 15, words: 'UEFI HTTP boot on 32-bit x86', loader: undefined },
  { name: 'efi-x64-http', option93: 16, words: 'UEFI HTTP boot on x86_64', loader: 'snponly.efi' },
  { name: 'efi-arm32-http', option93: 18, words: 'UEFI HTTP boot on 32-bit ARM', loader: undefined },
  { name: 'efi-arm64-http', option93: 19, words: 'UEFI HTTP boot on 64-bit ARM', loader: undefined },
  { name: 'efi-riscv64', option93: 27, words: 'UEFI on 64-bit RISC-V', loader: undefined },
  { name: 'efi-riscv64-http', option93: 28, words: 'UEFI HTTP boot on 64-bit RISC-V', loader: undefined },
  { name: 'efi-loongarch64', option93: 39, words: 'UEFI on LoongArch64', loader: undefined },
  { name: 'efi-loongarch64-http', option93: 40, words: 'UEFI HTTP boot on LoongArch64', loader: undefined },
] as const;

export type ClientArchitecture = (typeof CLIENT_ARCHITECTURES)[number]['name'];

/** A firmware and the loader that it is handed. */
export interface LoadedArchitecture {
  name: ClientArchitecture;
  option93: number;
  loader: string;
}

/** The architectures that have a loader. */
export const BOOTABLE_ARCHITECTURES = CLIENT_ARCHITECTURES.flatMap((one) => (one.loader === undefined ? [] : [one]));

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
