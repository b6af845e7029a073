import type { BmcSection } from '../../../domain/record/bmc.ts';
import type { Nic } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';
import { asCount, asText, member, objects } from '../../values/json-value.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { isBelow, isFitted, type RedfishResource } from './resources.ts';

/** Ports of the host, each MAC address once: EthernetInterface below a system, and what the functions of its adapters have. */
export function redfishNics(resources: readonly RedfishResource[]): Nic[] {
  const adapters = resources.filter(({ type }) => type === 'NetworkAdapter');
  const interfaces = resources.filter(({ type, path }) => type === 'EthernetInterface' && !/\/Managers\//.test(path) && path !== '');
  const functions = resources.filter(({ type }) => type === 'NetworkDeviceFunction');
  const nics = [...interfaces, ...functions].filter(isFitted).flatMap(({ path, body }): Nic[] => {
    const own = member(body, 'Ethernet') ?? body;
    const address = (key: string): string | undefined => hardwareAddress(asText(member(own, key)));
    const permanentMac = address('PermanentMACAddress');
    const mac = permanentMac ?? address('MACAddress');
    const adapter = adapters.find((found) => isBelow(found.path, path))?.body ?? {};
    if (mac === undefined) return [];
    const speed = asCount(body['SpeedMbps']);
    return [
      definedOnly<Nic>({
        name: asText(body['Id']) ?? path.split('/').at(-1) ?? mac,
        mac,
        permanentMac,
        vendor: meaningful(asText(adapter['Manufacturer'])),
        product: meaningful(asText(adapter['Model'])),
        linkType: mac.length === 17 ? 'ether' : undefined,
        linkUp: body['LinkStatus'] === 'LinkUp' ? true : undefined,
        speedMbps: speed === undefined || speed === 0 ? undefined : speed,
      }),
    ];
  });
  const byMac = new Map<string, Nic>();
  for (const nic of nics) byMac.set(nic.mac ?? '', { ...nic, ...byMac.get(nic.mac ?? '') });
  return [...byMac.values()];
}

/** The manager that is a BMC, and the first of its interfaces that has an address. */
export function redfishBmc(resources: readonly RedfishResource[]): BmcSection {
  const managers = resources.filter(
    ({ type, body }) => type === 'Manager' && /^(BMC|ManagementController)?$/i.test(asText(body['ManagerType']) ?? ''),
  );
  const [manager] = managers;
  if (manager === undefined) return {};
  const interfaces = resources
    .filter(({ type, path }) => type === 'EthernetInterface' && isBelow(manager.path, path))
    .map(({ body }) => body);
  const addressOf = (body: Record<string, unknown>): Record<string, unknown> | undefined =>
    objects(body['IPv4Addresses']).find((found) => !/^(0\.0\.0\.0|169\.254\..*)?$/.test(asText(found['Address']) ?? ''));
  const port = interfaces.find((body) => addressOf(body) !== undefined) ?? interfaces[0] ?? {};
  const ipv4 = addressOf(port) ?? {};
  return definedOnly<BmcSection>({
    firmware: meaningful(asText(manager.body['FirmwareVersion'])),
    product: meaningful(asText(manager.body['Model'])),
    manufacturer: meaningful(asText(manager.body['Manufacturer'])),
    address: asText(ipv4['Address']),
    subnetMask: asText(ipv4['SubnetMask']),
    gateway: gatewayOf(asText(ipv4['Gateway'])),
    addressSource: meaningful(asText(ipv4['AddressOrigin'])),
    mac: hardwareAddress(asText(port['PermanentMACAddress']) ?? asText(port['MACAddress'])),
    ipv6Addresses: nonEmpty(
      objects(port['IPv6Addresses']).flatMap((found) => {
        const [address, length] = [asText(found['Address']), asCount(found['PrefixLength'])];
        return address === undefined || /^(fe80|::$)/i.test(address) ? [] : [length === undefined ? address : `${address}/${length}`];
      }),
    ),
  });
}

function gatewayOf(address: string | undefined): string | undefined {
  return address === '0.0.0.0' ? undefined : address;
}
