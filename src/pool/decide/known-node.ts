import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import type { KeyKind } from '../../domain/record/identity.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { judgeValue } from '../../judge/identity/usable-value.ts';
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

/** What nodes said of themselves when they booted last. */
export type SeenFacts = ReadonlyMap<string, Pick<BootingMachine, 'serial' | 'uuid'>>;

/**
 * The node that a machine with a card of nobody looks like, by UUID or serial number: the card was replaced, or moved. It is not booted as
 * that node, because whoever sends such frames would get that node's secrets; a person says so with `replace-nic`. Values that
 * unrelated machines share never match, nor do two nodes at once.
 */
export function lookalikeOf(pool: Pick<Pool, 'nodes'>, facts: BootingMachine, seen: SeenFacts): string | undefined {
  if (nodeOf(pool, facts.mac) !== undefined) return undefined;
  const alike = [...pool.nodes].filter(([name, node]) => {
    const known = [node, seen.get(name)];
    return (['uuid', 'serial'] as const).some((key) => known.some((one) => isSame(key, one?.[key], facts[key])));
  });
  return alike.length === 1 ? alike[0]?.[0] : undefined;
}

function isSame(kind: KeyKind, one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [judgeValue(kind, one), judgeValue(kind, other)];
  return a !== undefined && b !== undefined && 'value' in a && 'value' in b && a.value === b.value;
}
