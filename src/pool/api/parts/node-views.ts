import type { BootedMachine, NewMachine, NodeView, PoolImageView } from '../../../domain/pool/api-views.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type BootHistory, NO_HISTORY } from '../../decide/boot-history.ts';
import type { BootingMachine } from '../../decide/booting-machine.ts';
import { type Decision, decideBoot, decidedChoice } from '../../decide/decide.ts';
import { lookalikeOf, type SeenFacts } from '../../decide/known-node.ts';
import type { BootsSeen } from './deps.ts';
import { numberedChoice } from './known-image.ts';

/** What page and commands show of each node: what it runs, what is assigned, and what its next boot would be. */
export function nodeViews(
  pool: Pool,
  { boots, images = [] }: { boots: BootsSeen; images?: readonly PoolImageView[] | undefined },
  names: Iterable<string> = pool.nodes.keys(),
): NodeView[] {
  const seen = new Map(boots.machines().map((machine) => [machine.mac, machine]));
  return [...names].flatMap((name) => {
    const node = pool.nodes.get(name);
    if (node === undefined) return [];
    const machine = newestOf(node.macs.flatMap((mac) => seen.get(mac) ?? []));
    const mac = machine?.mac ?? node.macs[0] ?? '';
    // one node is looked for in a pool of one
    const small = { ...pool, nodes: new Map([[name, node]]) };
    const decision = decideBoot(small, factsOf(mac, machine), boots.historyOf(mac), boots.nowMs());
    const { once: _, ...always } = node;
    const assigned = decideBoot({ ...pool, nodes: new Map([[name, always]]) }, factsOf(mac, machine), NO_HISTORY, 0);
    const next = nextOf(decision);
    const wouldRun = numberedChoice(pool, images, next.choice);
    return [
      {
        ...node,
        name,
        ...definedOnly({ place: pool.places.get(`node ${name}`), seen: machine }),
        assigned: decidedChoice(assigned),
        next,
        wouldRun,
        wouldDiffer: machine?.runs !== undefined && machine.runs !== wouldRun,
      },
    ];
  });
}

/** Machines that asked and are no node, the newest first. */
export function newMachines(pool: Pool, boots: BootsSeen): NewMachine[] {
  const known = new Map([...pool.nodes].flatMap(([name, { macs }]) => macs.map((mac) => [mac, name])));
  const all = boots.machines();
  const seen: SeenFacts = new Map(all.flatMap((one) => (known.has(one.mac) ? [[known.get(one.mac) ?? '', one]] : [])));
  return all
    .filter(({ mac }) => !known.has(mac))
    .map((machine) => {
      const facts = factsOf(machine.mac, machine);
      const decision = decideBoot({ ...pool, nodes: new Map() }, facts, boots.historyOf(machine.mac), boots.nowMs());
      return { ...machine, next: nextOf(decision), ...definedOnly({ looksLike: lookalikeOf(pool, facts, seen) }) };
    })
    .sort((a, b) => (b.askedAt ?? '').localeCompare(a.askedAt ?? ''));
}

/** Why a machine boots what it boots. @param history none: as if it had never booted */
export function decisionFor(pool: Pool, mac: string, machine: BootedMachine | undefined, history: BootHistory, nowMs: number): Decision {
  return decideBoot(pool, factsOf(mac, machine), history, nowMs);
}

function factsOf(mac: string, machine: BootedMachine | undefined): BootingMachine {
  if (machine === undefined) return { mac };
  const { vendor, product, serial, uuid, memoryBytes, firmware, architecture, switch: switchName, port } = machine;
  return { mac, ...definedOnly({ vendor, product, serial, uuid, memoryBytes, firmware, architecture, switch: switchName, port }) };
}

function newestOf(machines: readonly BootedMachine[]): BootedMachine | undefined {
  return [...machines].sort((a, b) => (b.aliveAt ?? b.askedAt ?? '').localeCompare(a.aliveAt ?? a.askedAt ?? ''))[0];
}

function nextOf(decision: Decision): NodeView['next'] {
  const line = decision.because.find(({ outcome }) => outcome === 'decides');
  return { choice: decidedChoice(decision), by: line?.by ?? 'default', ...definedOnly({ name: line?.name, place: line?.place }) };
}
