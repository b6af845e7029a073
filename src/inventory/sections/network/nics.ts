import type { Nic } from '../../../domain/record/network.ts';
import type { Readings } from '../../readings/readings.ts';
import type { IpInterface } from '../../tools/ip-json.ts';
import { lshwNics, nicsWithLshw } from '../../tools/lshw/nics.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { type DevicePlace, devicePlace } from '../../values/device-path.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { readNic } from './nic.ts';

type NicReadings = Pick<Readings, 'ipAddress' | 'ipLink' | 'ethtool' | 'lldpctl' | 'lshw' | 'pciFunctions'>;

/**
 * Network interfaces that are hardware (bridges, bonds, VLANs, veth and loopback are not), by name; where neither ip nor /sys has any,
 * as lshw lists them.
 */
export function normaliseNics(readings: NicReadings, capture: CopiedFiles & CommandLog): SectionResult<Nic[]> {
  const { ipAddress, ipLink, lldpctl } = readings;
  const names = [...new Set([...ipAddress.keys(), ...ipLink.keys(), ...capture.list('sys/class/net')])].sort();
  const fromLshw = lshwNics(readings.lshw);
  if (names.length === 0) return fromLshw.length > 0 ? ok(fromLshw) : noData(capture, ['ip-address', 'ip-link']);
  const functions = new Map(readings.pciFunctions.map((found) => [found.address, found]));
  const nics = names.flatMap((name): Nic[] => {
    const ip = ipAddress.get(name) ?? ipLink.get(name);
    const place = devicePlace(capture, `sys/class/net/${name}`);
    if (!isHardware(name, ip, place)) return [];
    const permanentMac = ip?.permanentAddress ?? ipLink.get(name)?.permanentAddress;
    const nic = readNic({ name, ip, permanentMac, ethtool: readings.ethtool(name), place, functions }, capture);
    const lldp = lldpctl.get(name);
    return [lldp === undefined ? nic : { ...nic, lldp }];
  });
  return ok(nicsWithLshw(nics, fromLshw));
}

function isHardware(name: string, ip: IpInterface | undefined, place: DevicePlace | undefined): boolean {
  if (name === 'lo' || ip?.linkType === 'loopback') return false;
  return place === undefined ? ip?.kind === undefined : !place.isVirtual;
}
