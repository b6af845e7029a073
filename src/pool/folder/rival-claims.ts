import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import { eachInTurns, type Turns } from '../../platform/in-turns.ts';
import type { Contradiction } from './contradiction.ts';

/** Which of two groups counts must not hang on the order in which somebody typed them. */
export function equalPriorities({ nodes, groups }: Pool): Turns<Contradiction[]> {
  return eachInTurns(nodes, ([name, node]) => (node.boot === undefined ? equalPriority(groups, name, node) : []));
}

function equalPriority(all: Pool['groups'], name: string, { groups = [] }: PoolNode): Contradiction[] {
  if (groups.length < 2) return [];
  const answers = groups.flatMap((group) => {
    const { boot, priority = 0 } = all.get(group) ?? {};
    return boot === undefined ? [] : [{ group, boot, priority }];
  });
  const top = Math.max(...answers.map(({ priority }) => priority));
  const first = answers.filter(({ priority }) => priority === top);
  if (new Set(first.map(({ boot }) => boot)).size < 2) return [];
  const said = first.map(({ group, boot }) => `${group} says ${boot}`).join(', ');
  return [
    {
      of: `node ${name}`,
      message: `${name} is in groups of the same priority ${top}: ${said}`,
      hint: 'give one of them a higher priority',
    },
  ];
}

/** Cards and addresses that two nodes have. */
export function twice({ nodes, places }: Pool): Turns<Contradiction[]> {
  const [byMac, byAddress] = [new Map<string, string>(), new Map<string, string>()];
  const taken = (seen: Map<string, string>, kind: string, what: string, name: string): Contradiction[] => {
    const before = seen.get(what);
    seen.set(what, name);
    if (before === undefined) return [];
    const place = places.get(`node ${before}`);
    return [
      {
        of: `node ${name}`,
        message: `${kind} ${what} of ${name} is one of ${before} already${place === undefined ? '' : ` (${place})`}`,
        hint: undefined,
      },
    ];
  };
  return eachInTurns(nodes, ([name, { macs, address }]) => [
    ...macs.flatMap((mac) => taken(byMac, 'MAC address', mac, name)),
    ...(address === undefined ? [] : taken(byAddress, 'address', address, name)),
  ]);
}
