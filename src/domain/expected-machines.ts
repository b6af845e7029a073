import type { NodeSummary } from './api.ts';

/** One machine on a person's list. MAC addresses are those of any of its network ports, in our spelling. */
export type ExpectedMachine = {
  mac?: string;
  serial?: string;
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

type Seen = Pick<NodeSummary, 'mac' | 'macs' | 'serial' | 'hasReceipt' | 'isMaster'>;

/** Which of the expected machines arrived, which did not, and which others came. */
export function compareArrivals(expected: ExpectedMachines, nodes: readonly Seen[]): Arrivals {
  const listed = expected.machines ?? [];
  const byKey = new Map(nodes.flatMap((node) => keysOfSeen(node).map((key) => [key, node] as const)));
  const arrivals: Arrivals = { expectedCount: 0, arrived: [], underWay: [], missing: [], unexpected: [], missingCount: 0 };
  const matched = new Set<string>();
  for (const machine of listed) {
    const node = keysOf(machine)
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

function keysOf({ mac, serial }: ExpectedMachine): string[] {
  return [...(mac === undefined ? [] : [`mac ${mac}`]), ...(serial === undefined ? [] : [serialKey(serial)])];
}

function keysOfSeen({ mac, macs = [], serial }: Seen): string[] {
  return [...[mac, ...macs].map((one) => `mac ${one}`), ...(serial === undefined ? [] : [serialKey(serial)])];
}

/** People write serial numbers in either case, and spreadsheets add blanks. */
function serialKey(serial: string): string {
  return `serial ${serial.trim().toLowerCase()}`;
}
