import type { NodeSummary } from '../domain/api.ts';
import type { LabMachine } from './plan/lab-plan.ts';

/** What was last said about each machine, by name. */
export type SaidSoFar = Map<string, string>;

/** Lines for a person: one for each machine whose state differs from what was said before. Updates `said`. */
export function describeChanges(said: SaidSoFar, states: ReadonlyMap<string, string>): string[] {
  const lines: string[] = [];
  for (const [name, state] of states) {
    if (said.get(name) === state) continue;
    said.set(name, state);
    lines.push(`${name.padEnd(NAME_WIDTH)} ${state}`);
  }
  return lines;
}

const NAME_WIDTH = 12;

/** A peer's state in words: what the master knows of it, and whether it is off. */
export function describePeer(machine: LabMachine, nodes: readonly NodeSummary[], isOff: boolean): string {
  const node = nodes.find((one) => machine.nics.some((nic) => nic.mac === one.mac));
  const receipt = node?.hasReceipt === true ? ', has its receipt' : '';
  if (isOff) return `off${receipt}`;
  if (node === undefined) return 'switched on';
  const detail = node.detail === undefined ? '' : ` (${node.detail})`;
  return `${node.stage}${detail}${receipt}`;
}
