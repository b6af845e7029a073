import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { BootingMachine } from './booting-machine.ts';

/** The node that has this card; a node is known by any of its cards. */
export function nodeOf(pool: Pick<Pool, 'nodes'>, mac: MacAddress): string | undefined {
  let byMac = indexes.get(pool.nodes);
  if (byMac === undefined) {
    byMac = new Map([...pool.nodes].flatMap(([name, { macs }]) => macs.map((one) => [one, name] as const)));
    indexes.set(pool.nodes, byMac);
  }
  return byMac.get(mac);
}

/** What is written of a node from its inventory record, below what its firmware says now. */
export function withRecord(node: PoolNode | undefined, facts: BootingMachine): BootingMachine {
  if (node === undefined) return facts;
  const { serial, uuid, switch: switchName, port, memoryGiB } = node;
  const memoryBytes = memoryGiB === undefined ? undefined : memoryGiB * 1024 ** 3;
  return { ...definedOnly({ serial, uuid, switch: switchName, port, memoryBytes }), ...facts };
}

/** Made once for each accepted pool: thousands of machines ask at once. */
const indexes = new WeakMap<Pool['nodes'], ReadonlyMap<MacAddress, string>>();
