import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { BootingMachine } from './booting-machine.ts';
import { type NodeIndex, nodeIndex } from './changed-nodes.ts';

/** The node that has this card; a node is known by any of its cards. */
export function nodeOf(pool: Pick<Pool, 'nodes'>, mac: MacAddress): string | undefined {
  return holderOf(byMac(pool.nodes), mac);
}

/** The node whose address this is. */
export function nodeAt(pool: Pick<Pool, 'nodes'>, address: string): string | undefined {
  return holderOf(byAddress(pool.nodes), address);
}

type Holders = ReadonlyMap<string, string>;

function holderOf({ base, own, isChanged }: NodeIndex<Holders>, what: string): string | undefined {
  const [name, before] = [own.get(what), base.get(what)];
  return name ?? (before === undefined || isChanged(before) ? undefined : before);
}

const byMac = nodeIndex<Holders>((nodes) => new Map([...nodes].flatMap(([name, { macs }]) => macs.map((mac) => [mac, name] as const))));
const byAddress = nodeIndex<Holders>(
  (nodes) => new Map([...nodes].flatMap(([name, { address }]) => (address === undefined ? [] : [[address, name] as const]))),
);

/** What is written of a node from its inventory record, below what its firmware says now. */
export function withRecord(node: PoolNode | undefined, facts: BootingMachine): BootingMachine {
  if (node === undefined) return facts;
  const { serial, uuid, switch: switchName, port, memoryGiB } = node;
  const memoryBytes = memoryGiB === undefined ? undefined : memoryGiB * 1024 ** 3;
  return { ...definedOnly({ serial, uuid, switch: switchName, port, memoryBytes }), ...facts };
}
