import type { LedgerEvent } from '../../domain/ledger.ts';
import type { Stage } from '../../domain/stages.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { seededRandom } from './seeded-random.ts';

/** So many machines load at the same time; the others wait for their turn. */
const SIDE_BY_SIDE = 40;
const RAMP_MS = 150_000;

/** Seconds that a machine is in a step, on average. */
const STEPS: readonly (readonly [Stage, number])[] = [
  ['discover', 1],
  ['offer', 1],
  ['request', 1],
  ['ack', 1],
  ['loader', 3],
  ['script', 2],
  ['kernel', 4],
  ['initrd', 12],
  ['root-image', 45],
  ['agent', 2],
  ['collect', 60],
  ['upload', 3],
  ['receipt', 1],
  ['power-off', 0],
];

/** The ledger of a visit, line by line: all machines to the end, and those that never arrived to the step that is given. */
export function* fleetLedger(
  arrived: readonly MacAddress[],
  lost: readonly { mac: MacAddress; stage: Stage }[],
  startMs: number,
): Generator<string> {
  const last = new Map(lost.map(({ mac, stage }) => [mac, stage]));
  let sequence = 0;
  for (const [at, mac] of [...arrived, ...lost.map((machine) => machine.mac)].entries()) {
    const random = seededRandom(mac, 'steps');
    let ms = startMs + Math.floor(at / SIDE_BY_SIDE) * RAMP_MS + random.next() * 40_000;
    for (const [stage, seconds] of STEPS) {
      sequence += 1;
      const event: LedgerEvent = { sequence, at: new Date(ms).toISOString(), mac, stage };
      yield `${JSON.stringify(event)}\n`;
      if (last.get(mac) === stage) break;
      ms += seconds * 1000 * (0.7 + random.next() * 0.6);
    }
  }
}
