import type { Stage } from '../../src/domain/stages.ts';
import { appFixture } from '../master/app-fixture.ts';
import { printComparison } from './compare.ts';
import { tell } from './frame/tell.ts';

const WAY: readonly Stage[] = [
  'discover',
  'offer',
  'request',
  'ack',
  'loader',
  'script',
  'initrd',
  'kernel',
  'root-image',
  'agent',
  'collect',
];

/** A master that has seen so many machines, each up to its collectors. */
async function masterWith(machineCount: number): Promise<Awaited<ReturnType<typeof appFixture>>> {
  const fixture = await appFixture();
  for (const stage of WAY) {
    for (let number = 0; number < machineCount; number += 1) fixture.deps.ledger.add({ mac: macOf(number), stage, address: '10.77.1.1' });
  }
  return fixture;
}

function macOf(number: number): string {
  return `52:54:00:00:${hex(number >> 8)}:${hex(number)}`;
}

function hex(value: number): string {
  return (value & 255).toString(16).padStart(2, '0');
}

await using few = await masterWith(500);
await using many = await masterWith(5000);
const list =
  ({ app }: typeof few, times: number) =>
  async (): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) await app.inject('/nodes');
  };
const note =
  ({ deps }: typeof few, machineCount: number) =>
  async (): Promise<void> => {
    for (let number = 0; number < 5000; number += 1)
      deps.ledger.add({ mac: macOf(number % machineCount), stage: 'collect', detail: 'dmidecode' });
  };

const [fewLists, manyLists] = await printComparison('GET /nodes: the same number of rows in all, so 1.00 is linear', [
  ['500 machines, 10 times', list(few, 10)],
  ['5000 machines, once', list(many, 1)],
]);
tell('many-machines.nodes', { ours: manyLists.cpuMs, theirs: fewLists.cpuMs });
const [fewEvents, manyEvents] = await printComparison('5000 events into the ledger', [
  ['of 500 machines', note(few, 500)],
  ['of 5000 machines', note(many, 5000)],
]);
tell('many-machines.ledger', { ours: manyEvents.cpuMs, theirs: fewEvents.cpuMs });
