/**
 * Client system architecture, DHCP option 93 (RFC 4578 2.1, and the IANA "Processor Architecture Types" registry),
 * by name, and the boot loader that we hand to each over TFTP. `undefined`: we have no loader for it.
 */
export const CLIENT_ARCHITECTURES = [
  { name: 'bios', option93: 0, loader: 'undionly.kpxe' },
  { name: 'efi-ia32', option93: 6, loader: undefined },
  { name: 'efi-x64', option93: 7, loader: 'snponly.efi' },
  { name: 'efi-ebc', option93: 9, loader: 'snponly.efi' },
  { name: 'efi-arm64', option93: 11, loader: undefined },
  { name: 'efi-x64-http', option93: 16, loader: 'snponly.efi' },
  { name: 'efi-arm64-http', option93: 19, loader: undefined },
] as const;

export type ClientArchitecture = (typeof CLIENT_ARCHITECTURES)[number]['name'];
