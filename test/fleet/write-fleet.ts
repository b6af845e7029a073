import { type FleetMachine, fleetMachine } from '../../src/demo/fleet/fleet-machine.ts';
import { type LostMachine, sealFleet } from '../../src/demo/fleet-tarball.ts';
import { serverModels } from './server-models.ts';

export interface FleetSize {
  machines: number;
  seed?: number;
  /** the same fleet half a year later */
  isLater?: boolean;
}

/** Writes the tarball of a generated fleet, sealed by the master's own code. The same size and seed give the same machines. */
export async function writeFleet(path: string, { machines: wanted, seed = 1, isLater = false }: FleetSize): Promise<{ machines: number }> {
  return await sealFleet(path, {
    site: 'hall-3',
    now: new Date(isLater ? '2026-11-20T17:00:00Z' : '2026-05-20T17:00:00Z'),
    machines: fleetOf(wanted, seed, isLater),
    lost: Array.from({ length: Math.floor(wanted / 100) }, (_, at) => lostMachine(at)),
    ...(wanted >= 20 ? { twin: '0c:42:ff:00:00:01' } : {}),
  });
}

function* fleetOf(wanted: number, seed: number, isLater: boolean): Generator<FleetMachine> {
  const models = serverModels();
  for (let at = 0, made = 0; made < wanted; at += 1) {
    const machine = fleetMachine(at, models, { seed, isLater });
    if (machine === undefined) continue;
    made += 1;
    yield machine;
  }
}

const REASONS = [
  [
    'kernel',
    'too-little-ram',
    'The kernel never called back: too little RAM (has 768 MiB, needs 1 GiB).',
    'Add memory, or take its few facts from this line.',
  ],
  [
    'offer',
    'no-request',
    'An offer was sent, and no request came: another DHCP server, or a ROM that ignores ours.',
    'Look for another DHCP server on this segment.',
  ],
  ['root-image', 'stopped', 'It stopped at 212 of 388 MB of the root image.', 'Look at its cable and its port, then boot it again.'],
] as const;

function lostMachine(at: number): LostMachine {
  const [stage, code, sentence, hint] = REASONS[at % REASONS.length] ?? REASONS[0];
  const mac = `0c:42:fe:00:${(at + 256).toString(16).padStart(4, '0').replace(/^../, '$&:')}`;
  return { mac, stage, address: `10.77.4.${at}`, detail: undefined, verdict: { code, sentence, hint } };
}
