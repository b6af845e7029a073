import { ipv4Number, parseSubnet, subnetSet } from '../../domain/ip-address.ts';
import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { type PoolNetwork, parseAddressRange } from '../../domain/pool/pool-settings.ts';
import { nearestWord } from '../../domain/values/nearest-word.ts';
import type { Turns } from '../../platform/in-turns.ts';

/** What cannot be, though each part alone is spelt well. */
export interface Contradiction {
  /** what it is about, a key of the pool's places */
  of: string;
  message: string;
  hint: string | undefined;
}

/** All that a pool must not say, each by itself: what would be found out when a machine boots is refused when it is written. */
export function* contradictions(pool: Pool): Turns<Contradiction[]> {
  const found: Contradiction[] = [];
  for (const look of [missingProfiles, missingGroups, equalPriorities, twice, networkFaults, strayAddresses]) {
    found.push(...look(pool));
    yield;
  }
  return found;
}

function missingProfiles({ settings, nodes, groups, profiles }: Pool): Contradiction[] {
  const choices: [of: string, key: string, text: string | undefined][] = [
    ['default', 'default', settings.default],
    ['unknown', 'unknown', settings.unknown],
    ...settings.rules.map(({ boot }, index): [string, string, string] => [`rule ${index + 1}`, 'boot', boot]),
    ...[...nodes].flatMap(([name, { boot, once }]): [string, string, string | undefined][] => [
      [`node ${name}`, `${name}: boot`, boot],
      [`node ${name}`, `${name}: once`, once],
    ]),
    ...[...groups].map(([name, { boot }]): [string, string, string | undefined] => [`group ${name}`, `${name}: boot`, boot]),
    ...(settings.menu === undefined ? [] : [...settings.menu.items, settings.menu.default]).map((item): [string, string, string] => [
      'menu',
      'menu',
      item,
    ]),
    ...[...profiles].flatMap(([name, profile]) =>
      profile.kind === 'menu'
        ? [...profile.items, profile.default].map((item): [string, string, string | undefined] => [`profile ${name}`, 'items', item])
        : [],
    ),
  ];
  return choices.flatMap(([of, key, text]) => {
    const choice = text === undefined ? undefined : parseBootChoice(text);
    if (choice === undefined) return [];
    const profile = profiles.get(choice.profile);
    if (profile === undefined)
      return [{ of, message: `${key}: there is no profile ${choice.profile}`, hint: meant(choice.profile, [...profiles.keys()]) }];
    if (choice.imageVersion !== undefined && profile.kind !== 'compute' && profile.kind !== 'failsafe')
      return [
        { of, message: `${key}: ${choice.profile} is of kind ${profile.kind}, which has no versions`, hint: `write ${choice.profile}` },
      ];
    return [];
  });
}

function missingGroups({ settings, nodes, groups }: Pool): Contradiction[] {
  const named = [
    ...[...nodes].flatMap(([name, node]) => (node.groups ?? []).map((group) => [`node ${name}`, group] as const)),
    ...settings.rules.flatMap(({ group }, index) => (group === undefined ? [] : [[`rule ${index + 1}`, group] as const])),
  ];
  return named
    .filter(([, group]) => !groups.has(group))
    .map(([of, group]) => ({
      of,
      message: `there is no group ${group}`,
      hint: meant(group, [...groups.keys()]) ?? 'write it into groups.yaml',
    }));
}

/** Which of two groups counts must not hang on the order in which somebody typed them. */
function equalPriorities({ nodes, groups }: Pool): Contradiction[] {
  return [...nodes].flatMap(([name, node]) => {
    const answers = (node.boot === undefined ? (node.groups ?? []) : []).flatMap((group) => {
      const { boot, priority = 0 } = groups.get(group) ?? {};
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
  });
}

function twice({ nodes, places }: Pool): Contradiction[] {
  const seen = new Map<string, string>();
  const taken = (what: string, name: string): Contradiction[] => {
    const before = seen.get(what);
    seen.set(what, name);
    if (before === undefined) return [];
    const place = places.get(`node ${before}`);
    return [
      {
        of: `node ${name}`,
        message: `${what} of ${name} is one of ${before} already${place === undefined ? '' : ` (${place})`}`,
        hint: undefined,
      },
    ];
  };
  return [...nodes].flatMap(([name, { macs, address }]) => [
    ...macs.flatMap((mac) => taken(`MAC address ${mac}`, name)),
    ...(address === undefined ? [] : taken(`address ${address}`, name)),
  ]);
}

function networkFaults({ settings: { networks = {} } }: Pool): Contradiction[] {
  return Object.entries(networks).flatMap(([name, network]) => {
    const subnet = subnetSet([network.subnet]);
    const fault = (message: string): Contradiction[] => [{ of: `network ${name}`, message: `${name}: ${message}`, hint: undefined }];
    const range = network.range === undefined ? undefined : parseAddressRange(network.range);
    const isOutside = range !== undefined && !(subnet.contains(range.first) && subnet.contains(range.last));
    return [
      ...(isOutside ? fault(`range ${network.range} is not inside ${network.subnet}`) : []),
      ...(range !== undefined && ipv4Number(range.first) > ipv4Number(range.last)
        ? fault(`range ${network.range} ends before it begins`)
        : []),
      ...(network.router !== 'none' && !subnet.contains(network.router)
        ? fault(`router ${network.router} is not inside ${network.subnet}`)
        : []),
    ];
  });
}

/** A node's address lies in a network of the pool, outside of what is given to anybody. Without networks nothing is known to be wrong. */
function strayAddresses({ settings: { networks = {} }, nodes }: Pool): Contradiction[] {
  const all = Object.entries(networks).map(([home, network]) => ({ home, network, ...spanOf(network) }));
  return [...nodes].flatMap(([name, { address }]) => {
    if (address === undefined || all.length === 0) return [];
    const fault = (message: string, hint: string): Contradiction[] => [
      { of: `node ${name}`, message: `address ${address} of ${name} ${message}`, hint },
    ];
    const number = ipv4Number(address);
    const found = all.find(({ first, last }) => number >= first && number <= last);
    if (found === undefined) return fault('is in no network of the pool', `networks: ${all.map((one) => one.network.subnet).join(', ')}`);
    const { home, network, first, last, dynamic } = found;
    if (number === first || number === last)
      return fault(`is the first or last of ${home}, which no machine can have`, `inside ${network.subnet}`);
    return dynamic !== undefined && number >= dynamic.first && number <= dynamic.last
      ? fault(`lies in the range of ${home} that anybody gets addresses of (${network.range})`, 'take one outside of it')
      : [];
  });
}

function spanOf({ subnet, range: text }: PoolNetwork): {
  first: number;
  last: number;
  dynamic: { first: number; last: number } | undefined;
} {
  const { first = 0, size = 0 } = parseSubnet(subnet) ?? {};
  const range = text === undefined ? undefined : parseAddressRange(text);
  const dynamic = range === undefined ? undefined : { first: ipv4Number(range.first), last: ipv4Number(range.last) };
  return { first, last: first + size - 1, dynamic };
}

function meant(word: string, known: readonly string[]): string | undefined {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}
