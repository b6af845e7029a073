import { recordData } from '../../domain/record/record-data.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { isMachine, type VisitNode } from '../../tarball/visit.ts';
import { bmcAddress } from './bmc-address.ts';
import { serialLabel } from './host-name.ts';

/** What has to be known of all machines before the first one is written. */
export interface ExportFleet {
  /** without older records and machines that never sent one */
  machineCount: number;
  /** how often a host name could be made from a serial number */
  serialLabels: ReadonlyMap<string, number>;
  /** how often an address is that of a BMC; many come from the factory with the same */
  bmcAddresses: ReadonlyMap<string, number>;
  /** how often a MAC address is listed as a machine's, or as that of its BMC */
  macs: ReadonlyMap<MacAddress, number>;
  /** how often a label of the owner is on a chassis */
  assetTags: ReadonlyMap<string, number>;
}

/** Reads all machines once and keeps some words of each. */
export async function exportFleet(nodes: AsyncIterable<VisitNode>): Promise<ExportFleet> {
  const serialLabels = new Map<string, number>();
  const bmcAddresses = new Map<string, number>();
  const macs = new Map<MacAddress, number>();
  const assetTags = new Map<string, number>();
  let machineCount = 0;
  for await (const node of nodes) {
    if (!isMachine(node)) continue;
    machineCount += 1;
    const { bmc, system } = recordData(node.record);
    count(serialLabels, serialLabel(node.record));
    count(bmcAddresses, bmcAddress(bmc?.address));
    count(macs, node.mac);
    count(macs, parseMac(bmc?.mac ?? ''));
    count(assetTags, system?.chassis?.assetTag);
  }
  return { machineCount, serialLabels, bmcAddresses, macs, assetTags };
}

function count(counts: Map<string, number>, word: string | undefined): void {
  if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
}
