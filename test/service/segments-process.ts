/**
 * Keeps segments of a master that only writes down what it is told. Runs in a network namespace of its own; the first argument is the file
 * of the numbers, the second the states as JSON: [interface, state, events to wait for][]. Prints what happened, and the addresses at the end and after closing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { SegmentState } from '../../src/master/guard/segment.ts';
import type { Master } from '../../src/master/master.ts';
import { runOk } from '../../src/platform/command.ts';
import { keepSegments } from '../../src/service/segments.ts';

const [numbersFile = '', states = '[]'] = process.argv.slice(2);
const told: string[] = [];
const warnings: string[] = [];

const master: Master = {
  segments: [],
  dnsmasqPid: undefined,
  sealed: undefined,
  addSegment: async (segment) => {
    told.push(`add ${segment.interface} ${segment.address} (${await addressesOf(segment.interface)})`);
  },
  stopSegment: async (name, reason) => {
    told.push(`stop ${name} (${await addressesOf(name)}): ${reason}`);
  },
  nodes: () => [],
  seal: async () => {
    throw new Error('nobody asked for that');
  },
  stop: async () => {},
};

for (const name of ['one', 'two']) await ip('link', 'add', name, 'type', 'bridge');
const log = { info: () => {}, debug: () => {}, warn: (message: string) => void warnings.push(message) };
const keeper = await keepSegments({ master, numbersFile, log });
for (const [name, state, events = 0] of JSON.parse(states) as [string, SegmentState, number?][]) {
  keeper.note(name, state);
  // what was noted is worked off before the next one; without a number both come at once
  while (told.length + warnings.length < events) await delay(10);
}
await keeper.close();
const left = `${await addressesOf('one')}${await addressesOf('two')}`;
process.stdout.write(JSON.stringify({ told, warnings, left }));

async function addressesOf(name: string): Promise<string> {
  const text = await ip('-4', '-o', 'address', 'show', 'dev', name).catch(() => '');
  return [...text.matchAll(/inet (\S+)/g)].map((match) => match[1]).join(' ');
}

async function ip(...words: string[]): Promise<string> {
  return runOk(['ip', ...words], { timeoutMs: 10_000 });
}
