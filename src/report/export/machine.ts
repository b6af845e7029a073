import { type MachineDrives, machineDrives } from '../../domain/drives/machine-drives.ts';
import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { isMachine, type VisitNode } from '../../tarball/visit.ts';
import { bmcAddress } from './bmc-address.ts';
import type { ExportFleet } from './fleet.ts';
import { hostName } from './host-name.ts';

/** A machine as the formats want it. */
export interface ExportMachine {
  /** host name: letters of `a-z0-9-`, unique in the visit */
  name: string;
  mac: MacAddress;
  /** IPv4 address that the call gave it */
  address?: string;
  node: VisitNode;
  sections: RecordData;
  /** undefined: they could not be read */
  drives?: MachineDrives;
  bmc?: {
    /** host name of the BMC */
    name: string;
    address?: string;
    mac?: MacAddress;
    /** no other machine of the visit says the same address; with a second one nobody knows which of them answers */
    hasOwnAddress: boolean;
    /** that, and no other machine has the same MAC address */
    isUnique: boolean;
  };
  /** label of the owner, where no other machine has the same */
  assetTag?: string;
}

/**
 * The machines of a visit, without older records and those that never sent one. They get these addresses, one after the other.
 */
export async function* exportMachines(
  nodes: AsyncIterable<VisitNode>,
  fleet: ExportFleet,
  addresses: readonly string[] = [],
): AsyncGenerator<ExportMachine> {
  const names = new Set<string>();
  let at = 0;
  for await (const node of nodes) {
    if (!isMachine(node)) continue;
    const address = addresses[at];
    at += 1;
    const name = firstFree(hostName(node.mac, node.record, fleet.serialLabels), names);
    const sections = recordData(node.record);
    const bmc = bmcOf(name, sections.bmc, fleet);
    const drives = machineDrives(sections.disks, sections.storage);
    const assetTag = sections.system?.chassis?.assetTag;
    yield {
      ...{ name, mac: node.mac, node, sections },
      ...definedOnly({ address, bmc, drives }),
      ...(assetTag === undefined || fleet.assetTags.get(assetTag) !== 1 ? {} : { assetTag }),
    };
  }
}

function bmcOf(name: string, said: ExportMachine['sections']['bmc'], fleet: ExportFleet): ExportMachine['bmc'] {
  const address = bmcAddress(said?.address);
  const mac = parseMac(said?.mac ?? '');
  if (address === undefined && mac === undefined) return undefined;
  const hasOwnAddress = address === undefined || fleet.bmcAddresses.get(address) === 1;
  const isUnique = hasOwnAddress && (mac === undefined || fleet.macs.get(mac) === 1);
  return {
    name: `${name}-bmc`,
    hasOwnAddress,
    isUnique,
    ...definedOnly({ address, mac }),
  };
}

function firstFree(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  taken.add(free);
  return free;
}
