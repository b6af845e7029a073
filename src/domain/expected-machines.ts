import type { NodeSummary } from './api.ts';

/** One machine on a person's list. MAC addresses are those of any of its network ports, or of its BMC, in our spelling. */
export type ExpectedMachine = {
  mac?: string;
  serial?: string;
  uuid?: string;
  assetTag?: string;
  /** IP address of its BMC */
  bmcAddress?: string;
  name?: string;
};

/** One of the list that was seen, and the MAC address that the master lists it by. */
export type SeenMachine = ExpectedMachine & { seenAs: string };

/** What should be found: a number, a list, or both. */
export interface ExpectedMachines {
  /** how many machines there are, the master included */
  count?: number;
  machines?: ExpectedMachine[];
}

/** A list laid against what was seen. Of machines that a list names by serial number, nothing is known before their record is there. */
export interface Arrivals {
  /** how many machines should arrive, the master included */
  expectedCount: number;
  /** listed, and the record is stored */
  arrived: SeenMachine[];
  /** listed and seen, without a record */
  underWay: SeenMachine[];
  /** listed, and never seen */
  missing: ExpectedMachine[];
  /** MAC addresses of machines that were seen and are on no list; empty without a list */
  unexpected: string[];
  /** how many records are still missing */
  missingCount: number;
}

type Seen = Pick<NodeSummary, 'mac' | 'macs' | 'serial' | 'numbers' | 'hasReceipt' | 'isMaster'>;

/** Which of the expected machines arrived, which did not, and which others came. */
export function compareArrivals(expected: ExpectedMachines, nodes: readonly Seen[]): Arrivals {
  const listed = expected.machines ?? [];
  // who has its record goes before who only asked: a port of a machine that is done is that machine
  const ranked = nodes.toSorted((a, b) => Number(a.hasReceipt) - Number(b.hasReceipt));
  const byKey = new Map(ranked.flatMap((node) => keysOfSeen(node).map((key) => [key, node] as const)));
  const arrivals: Arrivals = { expectedCount: 0, arrived: [], underWay: [], missing: [], unexpected: [], missingCount: 0 };
  const matched = new Set<string>();
  for (const machine of listed) {
    const node = keysOfExpected(machine)
      .map((key) => byKey.get(key))
      .find((one) => one !== undefined);
    if (node === undefined) {
      arrivals.missing.push(machine);
      continue;
    }
    matched.add(node.mac);
    (node.hasReceipt ? arrivals.arrived : arrivals.underWay).push({ ...machine, seenAs: node.mac });
  }
  // the master need not be on the list: who wrote it may not have known where the stick would go
  if (listed.length > 0) arrivals.unexpected = nodes.filter(({ mac, isMaster }) => !isMaster && !matched.has(mac)).map(({ mac }) => mac);
  arrivals.expectedCount = expected.count ?? listed.length;
  const done = expected.count === undefined ? arrivals.arrived.length : nodes.filter(({ hasReceipt }) => hasReceipt).length;
  arrivals.missingCount = Math.max(0, arrivals.expectedCount - done);
  return arrivals;
}

function keysOfSeen({ mac, macs = [], serial, numbers = [] }: Seen): string[] {
  return keysOfKnown([mac, ...macs], [...(serial === undefined ? [] : [serial]), ...numbers]);
}

/** What a machine is found by that has these addresses and numbers. */
export function keysOfKnown(macs: readonly string[], numbers: readonly string[]): string[] {
  return [...new Set([...macs.map((mac) => `mac ${mac}`), ...numbers.map(numberKey)])];
}

/** What a line of a list looks for. A label may be in the column of serial numbers, and the other way round: numbers are numbers. */
export function keysOfExpected({ mac, serial, uuid, assetTag, bmcAddress }: ExpectedMachine): string[] {
  return keysOfKnown(
    mac === undefined ? [] : [mac],
    [serial, uuid, assetTag, bmcAddress].filter((one) => one !== undefined),
  );
}

/** How a person would say which one is meant. */
export function expectedWords({ name, serial, mac, uuid, assetTag, bmcAddress }: ExpectedMachine): string {
  return [name, serial, assetTag, mac, uuid, bmcAddress].filter((part) => part !== undefined).join(', ');
}

/** People write serial numbers in either case, and spreadsheets add blanks. */
function numberKey(number: string): string {
  return `number ${number.trim().toLowerCase()}`;
}
