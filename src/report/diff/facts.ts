import type { IdentityKey } from '../../domain/record/identity.ts';
import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import { knownWords } from '../../domain/values/known-words.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { binarySize, decimalSize } from '../../domain/values/shown-size.ts';
import type { VisitNode } from '../../domain/visit-tarball.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import { type KnownBy, knownBy } from '../../judge/identity/known-by.ts';
import { DIMM } from '../columns/dimms.ts';
import { drivePlace } from '../columns/disks.ts';
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
  const { system, memory, nics, disks } = data;
  const known = knownBy(record);
  const ports = nics === undefined ? undefined : portFacts(nics);
  return {
    mac,
    label: knownWords([system?.vendor, system?.product, system?.serial]),
    knownBy: { ...known, macs: [mac, ...known.macs] },
    macs: [...new Set([mac, ...(ports ?? []).map((port) => port.mac)])],
    keys: fingerprint(record).keys,
    disks: disks === undefined ? undefined : diskFacts(disks, data.storage),
    // firmware that lists no slot at all does not say that there is no memory
    dimms: memory === undefined || memory.dimms.length === 0 ? undefined : dimmFacts(memory.dimms),
    ports,
    values: valueFacts(data),
  };
}

function diskFacts(disks: NonNullable<RecordData['disks']>, storage: RecordData['storage']): PartFact[] {
  const own = disks.filter((disk) => disk.removable !== true && disk.transport !== 'usb');
  const facts = own.map((disk): PartFact => {
    const slot =
      disk.enclosureSlot === undefined
        ? undefined
        : `slot ${disk.enclosureSlot}${disk.enclosure === undefined ? '' : ` of ${disk.enclosure}`}`;
    const label = knownWords([disk.vendor, disk.model ?? disk.name, decimalSize(disk.sizeBytes), disk.serial]);
    return {
      place: slot ?? disk.byPath ?? disk.hctl ?? disk.pciAddress ?? disk.name,
      serial: (disk.serial ?? disk.wwn)?.trim().toLowerCase(),
      label,
    };
  });
  const known = new Set(facts.map(({ serial }) => serial));
  const hidden = (storage?.controllers ?? []).flatMap(({ id, physicalDrives }) =>
    physicalDrives.map((drive): PartFact => {
      const { vendor, model, serial, sizeText } = drive;
      return {
        place: `RAID controller ${id}, drive ${drivePlace(drive)}`,
        serial: serial?.trim().toLowerCase(),
        label: knownWords([vendor, model, sizeText, serial]),
      };
    }),
  );
  return [...facts, ...hidden.filter(({ serial }) => serial === undefined || !known.has(serial))];
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
