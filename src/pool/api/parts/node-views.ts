import { setImmediate } from 'node:timers/promises';
import type { BootedMachine, NewMachine, NodeView, PoolImageView } from '../../../domain/pool/api-views.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import type { PoolNode } from '../../../domain/pool/pool-settings.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type BootHistory, NO_HISTORY } from '../../decide/boot-history.ts';
import type { BootingMachine } from '../../decide/booting-machine.ts';
import { bootDecider, type Decision, decideBoot, decidedChoice } from '../../decide/decide.ts';
import { nodeOf } from '../../decide/known-node.ts';
import { keyIndex, lookalikeOf } from '../../decide/lookalike.ts';
import type { BootsSeen } from './deps.ts';
import { numberedChoice } from './known-image.ts';

/**
 * What page and commands show of each node: what it runs, what is assigned, and what its next boot would be. Of thousands of nodes so many are
 * looked at in one turn that a machine which asks for its script meanwhile does not wait.
 */
export async function nodeViews(
  pool: Pool,
  { boots, images = [] }: { boots: BootsSeen; images?: readonly PoolImageView[] | undefined },
  names: Iterable<string> = pool.nodes.keys(),
): Promise<NodeView[]> {
  const seen = new Map(boots.machines().map((machine) => [machine.mac, machine]));
  const views: NodeView[] = [];
  for (const name of names) {
    const node = pool.nodes.get(name);
    if (node === undefined) continue;
    const machine = newestOf(node.macs.flatMap((mac) => seen.get(mac) ?? []));
    views.push(nodeView(pool, { name, node, machine }, { boots, images }));
    if (views.length % NODES_IN_A_TURN === 0) await setImmediate();
  }
  return views;
}

const NODES_IN_A_TURN = 100;

function nodeView(
  pool: Pool,
  { name, node, machine }: { name: string; node: PoolNode; machine: BootedMachine | undefined },
  { boots, images }: { boots: BootsSeen; images: readonly PoolImageView[] },
): NodeView {
  const mac = machine?.mac ?? node.macs[0] ?? '';
  const decide = bootDecider(pool, factsOf(mac, machine));
  const decision = decide(boots.historyOf(mac), boots.nowMs());
  // for good, not for once
  const assigned = decide({ ...NO_HISTORY, isOnceOver: true }, 0);
  const next = nextOf(decision);
  const wouldRun = numberedChoice(pool, images, next.choice);
  return {
    ...node,
    name,
    ...definedOnly({ place: pool.places.get(`node ${name}`), seen: machine }),
    assigned: decidedChoice(assigned),
    next,
    wouldRun,
    wouldDiffer: machine?.runs !== undefined && machine.runs !== wouldRun,
  };
}

/** Machines that asked and are no node, the newest first. */
export async function newMachines(pool: Pool, boots: BootsSeen): Promise<NewMachine[]> {
  const all = boots.machines();
  const strangers = all.filter(({ mac }) => nodeOf(pool, mac) === undefined);
  if (strangers.length === 0) return [];
  const seen = keyIndex();
  for (const [at, one] of all.entries()) {
    const name = nodeOf(pool, one.mac);
    if (name !== undefined) seen.put(name, one);
    if (at % NODES_IN_A_TURN === 0) await setImmediate();
  }
  const found: NewMachine[] = [];
  for (const machine of strangers) {
    const facts = factsOf(machine.mac, machine);
    const decision = decideBoot({ ...pool, nodes: NO_NODES }, facts, boots.historyOf(machine.mac), boots.nowMs());
    found.push({ ...machine, next: nextOf(decision), ...definedOnly({ looksLike: lookalikeOf(pool, facts, seen) }) });
    if (found.length % NODES_IN_A_TURN === 0) await setImmediate();
  }
  return found.sort((a, b) => (b.askedAt ?? '').localeCompare(a.askedAt ?? ''));
}

const NO_NODES: Pool['nodes'] = new Map();

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
  const { by, name, place } = decision.decidedBy;
  return { choice: decidedChoice(decision), by, ...definedOnly({ name, place }) };
}
