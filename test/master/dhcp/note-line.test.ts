import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { DnsmasqLine } from '../../../src/master/dhcp/dnsmasq/log.ts';
import { openLeases } from '../../../src/master/dhcp/leases.ts';
import { noteDnsmasqLine } from '../../../src/master/dhcp/note-line.ts';
import { unmergedOffers } from '../../../src/master/dhcp/unmerged-offers.ts';
import type { MasterEvent } from '../../../src/master/ledger/events.ts';
import { openLedger } from '../../../src/master/ledger/ledger.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { ARCHITECTURES } from '../../loaders-there.ts';

const MAC = '52:54:00:00:00:01';
const ETH0 = { interface: 'eth0', mac: MAC };
const NO_LOADER = 11;
const HAS_LOADER = 7;

/** What a run of dnsmasq's lines leaves in ledger, leases, events and journal. */
async function noted(
  lines: readonly DnsmasqLine[],
  { discovery, lease, leaseFault }: { discovery?: 'open' | 'ended'; lease?: string; leaseFault?: Error } = {},
) {
  await using directory = await temporaryDirectory('recon-lines-');
  const leases = await openLeases(join(directory.path, 'leases'));
  if (lease !== undefined) await leases.add(MAC, lease);
  const ledger = await openLedger({ path: join(directory.path, 'ledger.jsonl'), now: () => new Date(0), onFault: () => {} });
  const events: MasterEvent[] = [];
  const journal: string[] = [];
  const warn = (message: string): void => void journal.push(message);
  const current = discovery === 'ended' ? ({ state: 'ended', reason: 'done', at: '' } as const) : ({ state: 'open' } as const);
  const sinks = {
    ledger,
    leases: leaseFault === undefined ? leases : { ...leases, add: () => Promise.reject(leaseFault) },
    log: { info: assert.fail, debug: assert.fail, warn },
    unmerged: unmergedOffers(),
    architectures: ARCHITECTURES,
    ...(discovery === undefined ? {} : { discovery: () => current }),
    emit: (event: MasterEvent) => void events.push(event),
  };
  for (const line of lines) noteDnsmasqLine(line, sinks);
  await ledger.close();
  const history = ledger.history(MAC).map(({ sequence: _sequence, at: _at, ...entry }) => entry);
  return { history, events, journal, address: leases.addressOf(MAC) };
}

it('notes the steps of DHCP, and keeps the lease of an acknowledgement only', async () => {
  const step = { kind: 'dhcp', ...ETH0 } as const;
  const { history, events, journal, address } = await noted([
    { ...step, stage: 'discover' },
    { ...step, stage: 'offer', address: '10.77.1.1' },
  ]);
  assert.deepEqual(history, [
    { ...ETH0, stage: 'discover' },
    { ...ETH0, stage: 'offer', address: '10.77.1.1' },
  ]);
  assert.deepEqual([events, journal, address], [[], [], undefined]);
  assert.equal((await noted([{ ...step, stage: 'ack', address: '10.77.1.1' }])).address, '10.77.1.1');
  assert.equal((await noted([{ ...step, stage: 'ack' }])).address, undefined);
});

it('says so when a lease cannot be written down, and goes on', async () => {
  const leaseFault = new Error('disk full');
  const { history, journal } = await noted([{ kind: 'dhcp', ...ETH0, stage: 'ack', address: '10.77.1.1' }], { leaseFault });
  assert.equal(history.length, 1);
  assert.match(journal.join('\n'), /52:54:00:00:00:01.*disk full/);
});

it('tells once of a machine that does not take its ProxyDHCP offers', async () => {
  const offer = { kind: 'dhcp', ...ETH0, stage: 'offer', detail: 'ProxyDHCP' } as const;
  const { history, events, journal } = await noted(Array.from({ length: 7 }, () => offer));
  assert.deepEqual(events, [{ kind: 'offer-not-taken', ...ETH0, offers: 5 }]);
  assert.match(journal.join('\n'), /^eth0: 52:54:00:00:00:01 was offered a boot file 5 times/);
  assert.ok(history.length > 0);
});

it('gives a TFTP transfer to the machine that has the address', async () => {
  const sent: DnsmasqLine = { kind: 'tftp', address: '10.77.1.1', file: '/run/tftp/snponly.efi' };
  const failed: DnsmasqLine = { kind: 'tftp-failed', address: '10.77.1.1', detail: 'file x not found' };
  const known = await noted([sent, failed], { lease: '10.77.1.1' });
  assert.deepEqual(known.history, [
    { mac: MAC, stage: 'loader', address: '10.77.1.1', detail: 'snponly.efi' },
    { mac: MAC, stage: 'loader', address: '10.77.1.1', detail: 'file x not found' },
  ]);
  assert.deepEqual(known.journal, []);
  const unknown = await noted([sent, failed], { lease: '10.77.1.2' });
  assert.deepEqual(unknown.history, []);
  assert.deepEqual(
    unknown.journal.map((line) => /10\.77\.1\.1\b.*: (.*)$/.exec(line)?.[1]),
    ['snponly.efi', 'file x not found'],
  );
});

const unanswered: [
  why: string,
  architecture: number | undefined,
  discovery: 'open' | 'ended' | undefined,
  isOver: boolean,
  words: RegExp,
][] = [
  ['no loader', NO_LOADER, 'open', false, /^no loader for UEFI on 64-bit ARM$/],
  ['no loader, and nobody ends the discovery', NO_LOADER, undefined, false, /^no loader for UEFI on 64-bit ARM$/],
  ['no loader, although discovery is over as well', NO_LOADER, 'ended', false, /^no loader for UEFI on 64-bit ARM$/],
  ['no firmware named', undefined, 'ended', false, /does not say which firmware/],
  ['discovery is over', HAS_LOADER, 'ended', true, /^discovery is over$/],
  ['a loader, and discovery goes on', HAS_LOADER, 'open', false, /UEFI on x86_64/],
];
for (const [why, architecture, discovery, isOver, words] of unanswered) {
  it(`notes a machine that is not answered: ${why}`, async () => {
    const line = { kind: 'unanswered', ...ETH0, ...(architecture === undefined ? {} : { architecture }) } as const;
    const { history, events, journal } = await noted([line], discovery === undefined ? {} : { discovery });
    const [entry] = history;
    assert.equal(history.length, 1);
    assert.match(entry?.detail ?? '', words);
    assert.deepEqual(
      { ...entry, detail: '' },
      {
        ...ETH0,
        stage: 'discover',
        detail: '',
        facts: { unanswered: isOver ? 'discovery-over' : 'firmware' },
      },
    );
    assert.deepEqual(events, isOver ? [] : [line], 'a machine that comes too late is no news for the screen');
    assert.match(journal.join('\n'), /^eth0: .*52:54:00:00:00:01/);
  });
}

it('hands on strangers and faults, which belong to no machine', async () => {
  const { history, events, journal } = await noted([
    { kind: 'started' },
    { kind: 'stranger', ...ETH0 },
    { kind: 'fault', detail: 'failed to bind' },
  ]);
  assert.deepEqual(events, [
    { kind: 'stranger', ...ETH0 },
    { kind: 'fault', part: 'dnsmasq', reason: 'failed to bind' },
  ]);
  assert.deepEqual(journal, ['dnsmasq: failed to bind']);
  assert.deepEqual(history, []);
});

it("takes another master's questions for no machine", async () => {
  const probe = { interface: 'eth0', mac: '02:52:45:43:4f:4e' };
  const { events, journal } = await noted([
    { kind: 'dhcp', ...probe, stage: 'discover' },
    { kind: 'stranger', ...probe },
    { kind: 'unanswered', ...probe, architecture: NO_LOADER },
  ]);
  assert.deepEqual([events, journal], [[], []]);
});
