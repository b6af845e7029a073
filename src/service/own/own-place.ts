import { realpath } from 'node:fs/promises';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { meaningfulIdentity } from '../../domain/values/placeholder.ts';
import type { VisitPlace } from '../../domain/visit/visit-start.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { type Link, listLinks } from '../../platform/network/interfaces.ts';

/** The kernel's copy of SMBIOS types 1 to 3. */
const DMI_DIRECTORY = '/sys/class/dmi/id';
const NET_DIRECTORY = '/sys/class/net';

type PlaceLink = Pick<Link, 'mac' | 'isEthernet' | 'isPhysical'> & { device: string };

/** Where this master stands, from /sys alone: nothing is asked of the network or of the BMC. `site`: of recon.yaml. Its serial numbers are root's to read. */
export async function ownPlace(site: string | undefined): Promise<Omit<VisitPlace, 'macs'>> {
  const dmi = async (name: string): Promise<string> => (await readOrUndefined(`${DMI_DIRECTORY}/${name}`))?.toString('utf8').trim() ?? '';
  const [uuid, serial, product] = [await dmi('product_uuid'), await dmi('product_serial'), await dmi('product_name')];
  const chassisType = Number(await dmi('chassis_type'));
  return placeOf({ site, uuid, serial, product, chassisType });
}

/** The ports of this machine that stay in it, from /sys. Who has a network namespace of its own sees none. */
export async function ownPorts(): Promise<MacAddress[]> {
  const links = await listLinks().catch(() => []);
  const device = (name: string): Promise<string> => realpath(`${NET_DIRECTORY}/${name}/device`).catch(() => '');
  return lastingPorts(await Promise.all(links.map(async (link) => ({ ...link, device: await device(link.name) }))));
}

/** Portable, laptop, notebook, hand held, sub notebook, tablet, convertible, detachable (DSP0134, table 17). */
const PORTABLE: readonly number[] = [8, 9, 10, 11, 14, 30, 31, 32];

interface PlaceFacts {
  site: string | undefined;
  uuid: string;
  serial: string;
  product: string;
  /** SMBIOS type 3, offset 5 */
  chassisType: number;
}

/** What of it tells one place from another. */
export function placeOf({ site, uuid, serial, product, chassisType }: PlaceFacts): Omit<VisitPlace, 'macs'> {
  const texts = { uuid: meaningfulIdentity(uuid), serial: meaningfulIdentity(serial), product: meaningfulIdentity(product) };
  const isPortable = PORTABLE.includes(chassisType) ? (true as const) : undefined;
  return definedOnly({ site, ...texts, isPortable });
}

/** An adapter on USB is left out: it may go from hall to hall with the stick. */
export function lastingPorts(links: readonly PlaceLink[]): MacAddress[] {
  const ports = links.filter(({ isEthernet, isPhysical, device }) => isEthernet && isPhysical && !/\/usb\d+\//.test(device));
  return ports.flatMap(({ mac }) => mac ?? []).sort();
}
