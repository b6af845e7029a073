import type { Nic } from '../../domain/record/network.ts';
import { parseMac } from '../../domain/values/mac.ts';
import type { ExportMachine } from './machine.ts';

/** Ports of the machine: no links to the BMC, no virtual functions, and every name once. */
export function portsOf({ sections: { nics } }: ExportMachine): Nic[] {
  const names = new Set<string>();
  return (nics ?? []).filter((nic) => {
    if (nic.bmcLink === true || nic.virtualFunction === true || names.has(nic.name)) return false;
    names.add(nic.name);
    return true;
  });
}

/** Ethernet address that the maker gave the port, or else the one in use; undefined for InfiniBand, whose addresses are longer. */
export function portMac(nic: Nic): string | undefined {
  return parseMac(nic.permanentMac ?? nic.mac ?? '') ?? parseMac(nic.mac ?? '');
}

/** The highest speed that the port can do, by its modes, or else the speed of its link. */
export function portSpeedMbps({ supportedModes, speedMbps }: Nic): number | undefined {
  const speeds = (supportedModes ?? []).map((mode) => Number(/^(\d+)base/i.exec(mode)?.[1] ?? 0));
  const fastest = Math.max(0, ...speeds);
  return fastest > 0 ? fastest : speedMbps;
}
