import { ASPECTS, type Aspect, type Setup } from './setup.ts';

/** What is looked at to compare machines. */
export interface Comparable {
  mac: string;
  model: string;
  setup: Setup;
}

export interface Difference {
  aspect: Aspect;
  /** undefined: not reported */
  value: string | undefined;
}

/** Machines of one model, and how far they are equal. */
export interface MachineGroup {
  model: string;
  macs: readonly string[];
  /** what more than half of them have */
  usual: readonly (Difference & { value: string })[];
  /** what no majority agrees on: each value and how many have it, the most frequent first */
  mixed: readonly { aspect: Aspect; values: readonly (readonly [string, number])[] }[];
  /** addresses of those that have all that is usual */
  equal: readonly string[];
  /** the others, put together by what is different; the most frequent first */
  odd: readonly { macs: readonly string[]; differences: readonly Difference[] }[];
}

/** Puts machines of one model together; the largest group first. Pure. */
export function equalMachines(machines: readonly Comparable[]): MachineGroup[] {
  return [...Map.groupBy(machines, ({ model }) => model)]
    .map(([model, members]) => machineGroup(model, members))
    .sort((a, b) => b.macs.length - a.macs.length || (a.model < b.model ? -1 : 1));
}

function machineGroup(model: string, members: readonly Comparable[]): MachineGroup {
  const usual: (Difference & { value: string })[] = [];
  const mixed: { aspect: Aspect; values: (readonly [string, number])[] }[] = [];
  for (const aspect of ASPECTS) {
    const values = frequencies(members.flatMap(({ setup }) => setup[aspect] ?? []));
    const [top] = values;
    if (top === undefined) continue;
    if (top[1] * 2 > members.length) usual.push({ aspect, value: top[0] });
    else mixed.push({ aspect, values });
  }
  const differing = members.map(({ mac, setup }) => ({
    mac,
    differences: usual.filter(({ aspect, value }) => setup[aspect] !== value).map(({ aspect }) => ({ aspect, value: setup[aspect] })),
  }));
  const odd = [...Map.groupBy(differing, ({ differences }) => JSON.stringify(differences.map(({ aspect, value }) => [aspect, value])))]
    .map(([, alike]) => ({ macs: alike.map(({ mac }) => mac), differences: alike[0]?.differences ?? [] }))
    .filter(({ differences }) => differences.length > 0)
    .sort((a, b) => b.macs.length - a.macs.length);
  return {
    model,
    macs: members.map(({ mac }) => mac),
    usual,
    mixed,
    equal: differing.filter(({ differences }) => differences.length === 0).map(({ mac }) => mac),
    odd,
  };
}

function frequencies(values: readonly string[]): (readonly [string, number])[] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => [value, all.length] as const)
    .sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
}
