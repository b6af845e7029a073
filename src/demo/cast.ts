import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { type FleetMachine, fleetMachine, pullModule } from './fleet/fleet-machine.ts';
import { madeUpModels } from './fleet/made-up-models.ts';
import type { LostMachine } from './fleet-tarball.ts';

/** What becomes of a machine: it delivers its record, is stuck at a stage, or never comes; one has the stick. */
export type DemoPart = 'master' | 'delivers' | 'stuck-at-offer' | 'stuck-at-root-image' | 'never-comes';

/** A machine of the demo. */
export interface DemoMachine extends FleetMachine {
  /** as a person's list calls it: rack and unit */
  name: string;
  part: DemoPart;
}

/** Of these one has the stick and one never comes: the page shows forty. */
const MACHINES = 41;
const RACK_MACHINES = 14;
/** Its three racks are of three models. */
const SEED = 22;
const PARTS: Readonly<Record<number, DemoPart>> = { 0: 'master', 12: 'stuck-at-offer', 23: 'stuck-at-root-image', 30: 'never-comes' };
/** What this visit is to show, beside what chance does to a fleet. */
const ODD: Readonly<Record<number, (record: NodeRecord) => void>> = { 5: failDisk, 9: loseModule };

/** The machines of the demo, the same ones each time. `isLater: false`: as they were half a year before, all well. */
export function demoCast({ isLater = true } = {}): DemoMachine[] {
  const models = madeUpModels();
  const cast: DemoMachine[] = [];
  for (let at = 0; cast.length < MACHINES; at += 1) {
    const odd = isLater ? ODD[cast.length] : undefined;
    const options = { seed: SEED, isLater, rackMachines: RACK_MACHINES, ...definedOnly({ change: odd }) };
    const machine = fleetMachine(at, models, options);
    if (machine === undefined) continue;
    const [rack, unit] = [Math.floor(at / RACK_MACHINES) + 1, (at % RACK_MACHINES) + 1];
    cast.push({ ...machine, name: `rack ${rack} unit ${String(unit).padStart(2, '0')}`, part: PARTS[cast.length] ?? 'delivers' });
  }
  return cast;
}

/** Those of the cast that have a record, as a tarball lists them, and why the others have none. */
export function deliveredAndLost(cast: readonly DemoMachine[]): { machines: DemoMachine[]; lost: LostMachine[] } {
  const lost = cast.flatMap(({ mac, part }, at): LostMachine[] => {
    const words = LOST[part];
    return words === undefined ? [] : [{ mac, address: `10.77.1.${at}`, detail: undefined, ...words }];
  });
  return { machines: cast.filter(({ part }) => part === 'master' || part === 'delivers'), lost };
}

/** As the master puts it (src/master/verdict). */
const LOST: Partial<Record<DemoPart, Pick<LostMachine, 'stage' | 'verdict'>>> = {
  'stuck-at-offer': {
    stage: 'offer',
    verdict: {
      code: 'offer-not-taken',
      sentence: 'It was offered an address 3 times, and did not take it for 6 min.',
      hint: 'Another DHCP server answers it as well, the offer does not reach it, or it went on to another port or its disk. Look at its screen.',
    },
  },
  'stuck-at-root-image': {
    stage: 'root-image',
    verdict: {
      code: 'root-image-stopped',
      sentence: 'The root image stopped at 41,943,040 of 72,351,744 bytes, 4 min ago.',
      hint: 'Look at the cable, the switch port and its error counters. It goes on by itself when bytes flow again.',
    },
  },
};

function failDisk({ sections: { disks } }: NodeRecord): void {
  const [first] = disks.status === 'ok' ? disks.data : [];
  if (first !== undefined) first.smartPassed = false;
}

function loseModule({ sections: { memory } }: NodeRecord): void {
  if (memory.status === 'ok') pullModule(memory.data);
}
