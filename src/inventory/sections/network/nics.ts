import { EARLY_NEIGHBOURS } from '../../../domain/capture.ts';
import type { Nic } from '../../../domain/record/network.ts';
import type { Readings } from '../../readings/readings.ts';
import type { IpInterface } from '../../tools/ip/interface.ts';
import { lshwNics, sameNic, withLshw } from '../../tools/lshw/nics.ts';
import { parseNetworkctlLldp } from '../../tools/networkctl-lldp.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { type DevicePlace, devicePlace } from '../../values/device-path.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { looksVirtual } from '../../values/virtual-interface.ts';
import { readNic } from './nic.ts';

type NicReadings = Pick<Readings, 'ipAddress' | 'ipLink' | 'ethtool' | 'lldpctl' | 'lshw' | 'pciFunctions'>;

/**
 * Network interfaces that any of ip, /sys, ethtool, lldpctl and lshw saw and that are hardware (bridges, bonds, VLANs, veth and loopback are not), by
 * name.
 */
export function normaliseNics(readings: NicReadings, capture: CopiedFiles & CommandLog): SectionResult<Nic[]> {
  const names = interfaceNames(readings, capture);
  const fromLshw = lshwNics(readings.lshw);
  if (names.length === 0 && fromLshw.length === 0) return noData(capture, ['ip-address', 'ip-link']);
  const early = parseNetworkctlLldp(capture.file(EARLY_NEIGHBOURS));
  const functions = new Map(readings.pciFunctions.map((found) => [found.address, found]));
  const nics = names.flatMap((name): Nic[] => {
    const ip = readings.ipAddress.get(name) ?? readings.ipLink.get(name);
    const place = devicePlace(capture, `sys/class/net/${name}`);
    const ethtool = readings.ethtool(name);
    const isListed = ip !== undefined || place !== undefined;
    if (!isHardware(name, ip, place) || (!isListed && looksVirtual(name, ethtool.driver.get('driver')))) return [];
    const permanentMac = ip?.permanentAddress ?? readings.ipLink.get(name)?.permanentAddress;
    const nic = readNic({ name, ip, permanentMac, ethtool, place, functions }, capture);
    const lldp = readings.lldpctl.get(name) ?? early.get(name);
    return [lldp === undefined ? nic : { ...nic, lldp }];
  });
  const isKnown = (found: Nic): boolean => names.includes(found.name) || nics.some((nic) => sameNic(nic, found));
  return ok([...withLshw(nics, fromLshw), ...fromLshw.filter((found) => !isKnown(found))].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function interfaceNames({ ipAddress, ipLink, lldpctl, ethtool }: NicReadings, capture: CopiedFiles): string[] {
  const asked = capture.index.commands.flatMap(({ id }) => ETHTOOL_CALL.exec(id)?.[1] ?? []);
  const answered = asked.filter((name) => {
    const { driver, link, permanentMac, transceiver } = ethtool(name);
    const isDescribed = driver.has('driver') || LINK_KEYS.some((key) => link.has(key));
    return isDescribed || permanentMac !== undefined || transceiver !== undefined;
  });
  const names = [...ipAddress.keys(), ...ipLink.keys(), ...capture.list('sys/class/net'), ...lldpctl.keys(), ...answered];
  return [...new Set(names.filter((name) => INTERFACE_NAME.test(name)))].sort();
}

/** What the kernel lets an interface be called: no more than 15 bytes, and no blank among them (dev_valid_name in Linux's net/core/dev.c). */
const INTERFACE_NAME = /^[^\s\x00-\x1f\x7f-\x9f/]{1,15}$/;

/** Of what ethtool prints; its messages have colons, too. */
const LINK_KEYS = ['Speed', 'Duplex', 'Port', 'Link detected', 'Auto-negotiation', 'Supported link modes', 'Supported ports'];
const ETHTOOL_CALL = /^ethtool-(?:(?:driver|permanent|module|private-flags)-)?(.+)$/;

function isHardware(name: string, ip: IpInterface | undefined, place: DevicePlace | undefined): boolean {
  if (name === 'lo' || ip?.linkType === 'loopback') return false;
  return place === undefined ? ip?.kind === undefined : !place.isVirtual;
}
