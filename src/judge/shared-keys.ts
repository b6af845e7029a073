import type { Finding } from '../domain/record/finding.ts';
import { type Collision, KEY_NAMES, type KeyKind } from '../domain/record/identity.ts';
import type { KnownMachine } from './identity/same-or-not.ts';

/** Numbers that belong to one machine and stand in several: whoever counts by them counts wrong. */
export function findSharedKeys(collisions: readonly Collision[], machines: ReadonlyMap<string, KnownMachine>): Finding[] {
  return collisions.flatMap((collision) => {
    const kinds = [...new Set(collision.keys.map((key) => key.kind))].filter(isOfTheMachine);
    const first = collision.keys.find((key) => key.kind === kinds[0]);
    if (first === undefined) return [];
    return collision.machines.flatMap((machine): Finding[] => {
      const evidence = machines.get(machine)?.keys.find((key) => key.kind === first.kind && key.value === first.value)?.evidence;
      if (evidence === undefined) return [];
      const message = `shares its ${kinds.map((kind) => KEY_NAMES[kind]).join(', ')} (${first.value}) with ${others(collision.machines, machine)}; they are listed as separate machines`;
      return [{ machine, severity: 'warning', code: 'identity-shared', message, evidence }];
    });
  });
}

/** A shelf of disks may be seen by several machines. */
function isOfTheMachine(kind: KeyKind): boolean {
  return kind !== 'disk';
}

/** The first few: thousands may share a number. */
function others(machines: readonly string[], machine: string): string {
  const few = machines.slice(0, 4).filter((other) => other !== machine);
  const count = machines.length - 1;
  return count <= 3 ? few.join(', ') : `${few.slice(0, 2).join(', ')} and ${count - 2} others`;
}
