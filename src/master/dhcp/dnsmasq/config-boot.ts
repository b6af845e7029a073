import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import { MASTER_HOST_NAME, PEER_VENDOR_CLASS, type Segment } from '../../../domain/network.ts';
import { ipxeLines } from './ipxe-abilities.ts';

/** Path below which the master serves boot loaders to UEFI HTTP boot. */
export const LOADER_PATH = '/install/loader/';

/** dnsmasq's tag for clients of the n-th segment. */
export function tagOf(index: number): string {
  return `segment-${index}`;
}

/**
 * Who is answered: our own live system, iPXE, and firmware that we have a loader for. A machine that we could only give an address to is
 * left to other servers.
 */
export function answeredLines(architectures: readonly LoadedArchitecture[]): string[] {
  const answered = (...tags: string[]): string => `tag-if=set:answered,${tags.map((tag) => `tag:${tag}`).join(',')}`;
  return [
    'dhcp-vendorclass=set:netboot,PXEClient',
    'dhcp-vendorclass=set:netboot,HTTPClient',
    `dhcp-vendorclass=set:netboot,${PEER_VENDOR_CLASS}`,
    `dhcp-vendorclass=set:peer,${PEER_VENDOR_CLASS}`,
    'dhcp-userclass=set:netboot,iPXE',
    ...ipxeLines(),
    'dhcp-vendorclass=set:http-client,HTTPClient',
    ...architectures.map(({ name, option93 }) => `dhcp-match=set:${name},option:client-arch,${option93}`),
    // the same number is in the vendor class, which some ROMs go on sending without option 93
    ...architectures.map((one) => `dhcp-vendorclass=set:${one.name},${vendorClassOf(one)}`),
    answered('peer'),
    answered('netboot', 'ipxe'),
    ...architectures.map(({ name }) => answered('netboot', name)),
    'dhcp-ignore=tag:!answered',
  ];
}

function vendorClassOf({ name, option93 }: LoadedArchitecture): string {
  return `${name.endsWith('-http') ? 'HTTP' : 'PXE'}Client:Arch:${String(option93).padStart(5, '0')}`;
}

/** Boot files of one segment, by firmware. */
export function bootLines(segment: Segment, index: number, architectures: readonly LoadedArchitecture[]): string[] {
  return segment.dhcp === 'proxy' ? proxyBootLines(segment, index, architectures) : ownBootLines(segment, index, architectures);
}

function ownBootLines(segment: Segment, index: number, architectures: readonly LoadedArchitecture[]): string[] {
  const loaders = architectures.map(({ name, loader }) => {
    const file = name.endsWith('-http') ? `http://${segment.address}${LOADER_PATH}${loader}` : loader;
    return bootLine(segment, index, [name, '!ipxe'], file);
  });
  return [menuLine(segment, index), ...loaders];
}

/**
 * ProxyDHCP: the firmware gets its loader as a PXE boot service, where dnsmasq knows what each kind wants (a menu in option 43 for BIOS,
 * a second question on port 4011 for UEFI). dnsmasq answers PXEClient only there, so that UEFI HTTP boot is not possible in this mode.
 */
function proxyBootLines(segment: Segment, index: number, architectures: readonly LoadedArchitecture[]): string[] {
  const services = architectures.filter(({ name }) => !name.endsWith('-http'));
  return [menuLine(segment, index), ...services.map(({ option93, loader }) => `pxe-service=tag:!ipxe,${option93},Recon,${loader}`)];
}

function menuLine(segment: Segment, index: number): string {
  return bootLine(segment, index, ['ipxe'], `http://${segment.address}/menu.ipxe`);
}

function bootLine({ address }: Segment, index: number, tags: readonly string[], file: string): string {
  return `dhcp-boot=${[tagOf(index), ...tags].map((tag) => `tag:${tag}`).join(',')},${file},${MASTER_HOST_NAME},${address}`;
}
