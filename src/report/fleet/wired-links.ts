import type { Nic } from '../../domain/record/network.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { NIC } from '../columns/nics.ts';

/** One cable as LLDP shows it from the machine's end. */
export interface WiredLink {
  nic: string;
  mac?: string;
  speedMbps?: number;
  /** what tells the switch from others: its chassis id, else its name */
  switchId: string;
  switchName: string;
  switchAbout?: string;
  port: string;
  vlan?: number;
}

/** What a machine's ports say of the other end. */
export function wiredLinks(nics: readonly Nic[] | undefined): WiredLink[] {
  return (nics ?? []).filter(isPort).flatMap((nic) =>
    (nic.lldp ?? []).flatMap((neighbour): WiredLink[] => {
      const { chassisId, chassisName, chassisDescription, portId, portDescription, pvid } = neighbour;
      const id = chassisId ?? chassisName;
      const mac = NIC.portMac.of(nic);
      if (id === undefined) return [];
      return [
        {
          nic: nic.name,
          ...definedOnly({ mac, speedMbps: nic.speedMbps }),
          switchId: id.toLowerCase(),
          switchName: chassisName ?? id,
          ...definedOnly({ switchAbout: chassisDescription }),
          port: portName(portId, portDescription),
          ...definedOnly({ vlan: pvid }),
        },
      ];
    }),
  );
}

/** A port of the machine, as opposed to what only looks like one. */
export function isPort(nic: Nic): boolean {
  return nic.bmcLink !== true && nic.virtualFunction !== true && nic.bus !== 'usb';
}

/** Some switches say a MAC address or a bare number as port id, and the name that is printed on them as description. */
function portName(id: string | undefined, description: string | undefined): string {
  const isBare = id === undefined || /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^\d+$/i.test(id);
  const isName = description !== undefined && description.length <= 40 && /\d/.test(description);
  return (isBare && isName ? description : (id ?? description)) ?? 'unknown port';
}
