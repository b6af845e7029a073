import type { MachineDrive } from '../../domain/drives/machine-drive.ts';
import { machineDrives } from '../../domain/drives/machine-drives.ts';
import type { IdentityKey } from '../../domain/record/identity.ts';
import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import { driveSize } from '../../domain/values/drive-size.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { binarySize } from '../../domain/values/shown-size.ts';
import type { VisitNode } from '../../domain/visit-tarball.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import { type KnownBy, knownBy } from '../../judge/identity/known-by.ts';
import { DIMM } from '../columns/dimms.ts';
import { NIC } from '../columns/nics.ts';
import { type ValueFact, valueFacts } from './values.ts';

/** A thing that sits in a place and may be changed for another. */
export interface PartFact {
  /** slot or path, as the machine names it */
  place: string;
  /** in lower case; undefined when the part does not say */
  serial: string | undefined;
  /** for people: model, size, serial number */
  label: string;
}

export interface PortFact {
  /** MAC address of the hardware */
  mac: string;
  name: string;
  /** who is at the other end by LLDP: a key that is compared, and words */
  neighbours: readonly { key: string; label: string }[];
}

/** What is kept of a machine to compare it: some kilobytes. Undefined parts could not be read, which is not the same as none. */
export interface DiffMachine {
  mac: MacAddress;
  /** maker, model, serial number */
  label: string;
  /** what a person's list may call it by, the address of its folder among it */
  knownBy: KnownBy;
  /** addresses of its ports */
  macs: readonly string[];
  keys: readonly IdentityKey[];
  disks: readonly PartFact[] | undefined;
  dimms: readonly PartFact[] | undefined;
  ports: readonly PortFact[] | undefined;
  values: readonly ValueFact[];
}

/** Picks what is compared out of a line of nodes.jsonl. */
export function diffMachine({ mac, record }: VisitNode): DiffMachine {
  const data = recordData(record);
  const { system, memory, nics } = data;
  const drives = machineDrives(data.disks, data.storage);
  const known = knownBy(record);
  const ports = nics === undefined ? undefined : portFacts(nics);
  return {
    mac,
    label: knownWords([system?.vendor, system?.product, system?.serial]),
    knownBy: { ...known, macs: [mac, ...known.macs] },
    macs: [...new Set([mac, ...(ports ?? []).map((port) => port.mac)])],
    keys: fingerprint(record).keys,
    disks: drives?.isCounted === true ? drives.drives.map(diskFact) : undefined,
    // firmware that lists no slot at all does not say that there is no memory
    dimms: memory === undefined || memory.dimms.length === 0 ? undefined : dimmFacts(memory.dimms),
    ports,
    values: valueFacts(data),
  };
}

function diskFact(drive: MachineDrive): PartFact {
  const { vendor, model, name, sizeBytes, serial, wwn } = drive;
  return {
    place: drivePlaceOf(drive),
    serial: (serial ?? wwn)?.trim().toLowerCase(),
    label: knownWords([vendor, model ?? name, driveSize(sizeBytes), serial]),
  };
}

function drivePlaceOf({ behind, controller, name, enclosure, enclosureSlot, byPath, hctl, pciAddress }: MachineDrive): string {
  if (controller !== undefined && behind !== undefined) return `RAID controller ${controller}, drive ${name}`;
  if (behind !== undefined) return `drive ${behind}`;
  const slot = enclosureSlot === undefined ? undefined : knownWords([`slot ${enclosureSlot}`, enclosure], ' of ');
  return slot ?? byPath ?? hctl ?? pciAddress ?? name;
}

/** Locators are not unique on all boards; the second of the same name is told apart by its position. */
function dimmFacts(dimms: NonNullable<RecordData['memory']>['dimms']): PartFact[] {
  const times = new Map<string, number>();
  return dimms.flatMap((dimm) => {
    const name = knownWords([dimm.bankLocator, dimm.locator]) || 'slot';
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    if (!dimm.populated) return [];
    const label = knownWords([DIMM.maker.of(dimm), dimm.partNumber, binarySize(dimm.sizeBytes), dimm.serial]);
    return [{ place: nth === 1 ? name : `${name} (${nth})`, serial: dimm.serial?.trim().toLowerCase(), label: label || 'a module' }];
  });
}

function portFacts(nics: NonNullable<RecordData['nics']>): PortFact[] {
  return nics.flatMap((nic) => {
    const mac = nic.guid ?? NIC.portMac.of(nic);
    if (mac === undefined || nic.bmcLink === true || nic.virtualFunction === true || nic.bus === 'usb') return [];
    const neighbours = (nic.lldp ?? []).flatMap(({ chassisId, chassisName, portId, portDescription }) => {
      const [chassis, port] = [chassisId ?? chassisName, portId ?? portDescription];
      if (chassis === undefined || port === undefined) return [];
      return [{ key: `${chassis} ${port}`.toLowerCase(), label: `${chassisName ?? chassis} port ${port}` }];
    });
    return [{ mac: mac.toLowerCase(), name: nic.name, neighbours }];
  });
}
