/**
 * Keeps segments of a master that only writes down what it is told. Runs in a network namespace of its own; the first argument is the file
 * of the numbers, the second the states as JSON: [interface, state, events to wait for][], the third the settings. Prints what happened, and the addresses at the end and after closing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkSettings } from '../../../src/domain/network-settings.ts';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import type { Master } from '../../../src/master/master.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { keepSegments } from '../../../src/service/segments/segments.ts';

const [numbersFile = '', states = '[]', settings = '{}'] = process.argv.slice(2);
const told: string[] = [];
const warnings: string[] = [];

const master: Pick<Master, 'addSegment' | 'stopSegment'> = {
  addSegment: async (segment) => {
    const ipv6 = segment.ipv6 === undefined ? '' : ' and IPv6';
    const proxy = segment.dhcp === undefined ? '' : ' as a proxy';
    told.push(`add ${segment.interface} ${segment.address}${ipv6}${proxy} (${await addressesOf(segment.interface)})`);
  },
  stopSegment: async (name, reason) => {
    told.push(`stop ${name} (${await addressesOf(name)}): ${reason}`);
  },
};

for (const name of ['one', 'two']) await ip('link', 'add', name, 'type', 'bridge');
const log = { info: () => {}, debug: () => {}, warn: (message: string) => void warnings.push(message) };
const keeper = await keepSegments({ master, numbersFile, settings: NetworkSettings.parse(JSON.parse(settings)), log });
for (const [name, state, events = 0] of JSON.parse(states) as [string, SegmentState, number?][]) {
  keeper.note(name, state);
  // what was noted is worked off before the next one; without a number both come at once
  while (told.length + warnings.length < events) await delay(10);
}
await keeper.close();
const left = `${await addressesOf('one')}${await addressesOf('two')}`;
process.stdout.write(JSON.stringify({ told, warnings, left }));

async function addressesOf(name: string): Promise<string> {
  const text = await ip('-o', 'address', 'show', 'dev', name, 'scope', 'global').catch(() => '');
  return [...text.matchAll(/inet6? (\S+)/g)].map((match) => match[1]).join(' ');
}

async function ip(...words: string[]): Promise<string> {
  return runOk(['ip', ...words], { timeoutMs: 60_000 });
}
