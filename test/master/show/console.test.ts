import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { planSegment } from '../../../src/domain/network.ts';
import type { MasterEvent } from '../../../src/master/ledger/events.ts';
import { eventLine } from '../../../src/master/show/console.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
const segment = planSegment('eno1', 0);
const tarball = { name: 'recon-site-2026-11-20.tar.gz', path: '/data/x', sizeBytes: 1, sha256: 'ab', machines: 2 };
const ledger = (entry: object): MasterEvent => ({
  kind: 'ledger',
  event: { sequence: 1, at: '2026-11-20T12:00:00.000Z', mac: '52:54:00:00:00:01', stage: 'ack', ...entry },
});

const events: MasterEvent[] = [
  { kind: 'serving', segments: [segment] },
  ledger({ stage: 'discover' }),
  ledger({ stage: 'ack', address: '10.77.1.1' }),
  ledger({ stage: 'root-image', bytes: 26_000_000, totalBytes: 52_000_000 }),
  ledger({ stage: 'agent', detail: `\u001b[2J${'evil '.repeat(40)}` }),
  ledger({ stage: 'receipt', detail: 'revision 1' }),
  { kind: 'stranger', interface: 'eno1', mac: '52:54:00:00:00:02' },
  { kind: 'not-serving', interface: 'eno1', reason: 'another DHCP server answered: 192.0.2.1' },
  { kind: 'fault', part: 'dnsmasq', reason: 'dnsmasq ended (SIGKILL)' },
  { kind: 'sealed', tarball },
  { kind: 'seal-failed', reason: 'there is no room' },
];

describe('console', () => {
  it('says each event in a line', () => {
    assert.equal(events.map((event) => `${eventLine(event) ?? '(nothing)'}\n`).join(''), golden('console-events.txt'));
  });
  it('never is wider than 80 columns', () => {
    const lines = events.flatMap((event) => eventLine(event) ?? []);
    for (const line of lines) assert.ok(line.length < 80 && /^[\x20-\x7e]*$/.test(line), line);
  });
});
