import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { seededRandom } from '../../src/demo/fleet/seeded-random.ts';
import { LedgerEvent } from '../../src/domain/ledger.ts';
import { isLater } from '../../src/domain/stages.ts';
import { parseMac } from '../../src/domain/values/mac.ts';
import { bootFactsOf } from '../../src/master/boot/boot-facts.ts';
import { dnsmasqLogReader } from '../../src/master/dhcp/dnsmasq/log.ts';
import { parseRange } from '../../src/master/http/http-range.ts';
import { openLedger } from '../../src/master/ledger/ledger.ts';
import { machineTable } from '../../src/master/ledger/machine/table.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { fuzzTarget } from './fuzz-target.ts';

const MAC = '52:54:00:00:00:01';
const LOG = `dnsmasq[23630]: started, version 2.90 cachesize 150
dnsmasq-dhcp[23630]: 1 vendor class: PXEClient:Arch:00000:UNDI:002001
dnsmasq-dhcp[23630]: 1 DHCPDISCOVER(rm0) ${MAC} ignored
dnsmasq-dhcp[23630]: 3141592653 DHCPACK(rm0) 10.77.85.131 ${MAC} node7
dnsmasq-dhcp[1]: 2 DHCPREQUEST(rm0) 10.77.1.9 ${MAC} address in use
dnsmasq-dhcp[1]: 1 PXE(eth0) 10.0.0.9 ${MAC} undionly.kpxe
dnsmasq-tftp[23630]: failed sending /srv/tftp/undionly.kpxe to 10.77.255.1
dnsmasq-tftp[23630]: file /srv/tftp/missing not found for 10.77.255.1
`;

/** Whatever dnsmasq writes: a line is nothing, or a fact of a machine whose address is one. */
fuzzTarget('dnsmasq-lines', {
  seeds: [Buffer.from(LOG), ...LOG.split('\n').map((line) => Buffer.from(line))],
  read: (bytes) => {
    const reader = dnsmasqLogReader();
    for (const line of bytes.toString('latin1').split('\n')) {
      const fact = reader(line);
      if (fact !== undefined && 'mac' in fact) assert.equal(parseMac(fact.mac), fact.mac, line);
    }
  },
});

const event = (sequence: number, stage: string, more: object): string =>
  `${JSON.stringify({ sequence, at: '2026-11-20T10:00:00.000Z', mac: MAC, stage, ...more })}\n`;
const LEDGER = [
  event(1, 'discover', { interface: 'eno1' }),
  event(2, 'ack', { address: '10.77.1.9' }),
  event(3, 'script', { facts: { vendor: 'Rackbau', serial: 'X1', memoryBytes: 1024 } }),
  event(4, 'root-image', { bytes: 5, totalBytes: 10, bytesPerSecond: 2.5, resumedAtBytes: 1 }),
  event(5, 'receipt', { detail: 'revision 1' }),
];

/** What a damaged ledger still says is taken, and the table of machines stays as large as it may be. */
fuzzTarget('ledger-lines', {
  seeds: [Buffer.from(LEDGER.join('')), ...LEDGER.map((line) => Buffer.from(line))],
  read: (bytes) => {
    const table = machineTable(3);
    for (const line of bytes.toString('utf8').split('\n')) {
      const found = eventIn(line);
      if (found !== undefined) table.take(found);
    }
    assert.ok(table.size <= 3);
    for (const { mac, stage } of table.states()) {
      assert.equal(typeof isLater(stage, 'ack'), 'boolean');
      assert.ok(table.history(mac).length > 0);
    }
  },
});

/** A header, and what iPXE sends behind its question for a script. */
fuzzTarget('requests', {
  seeds: ['bytes=0-', 'bytes=5-9', 'bytes=-7', 'manufacturer=Rackbau&serial=X1&dimms=2000,0,3fff&ranges=1,2&busid=01:80:86:10:d3'].map(
    (text) => Buffer.from(text),
  ),
  read: (bytes) => {
    const text = bytes.toString('latin1');
    const range = parseRange(text, 1000);
    if (range.kind === 'part') assert.ok(range.first >= 0 && range.first <= range.last && range.last < 1000, JSON.stringify(range));
    bootFactsOf(Object.fromEntries(new URLSearchParams(text)));
  },
});

test('a ledger that was cut or damaged anywhere is opened, and goes on with numbers of its own', async () => {
  await using directory = await temporaryDirectory('recon-fuzz-');
  const { next } = seededRandom('ledger', process.env['RECON_FUZZ_SEED'] ?? 1);
  for (let run = 0; run < 40; run += 1) {
    const path = join(directory.path, `ledger-${run}.jsonl`);
    const whole = Buffer.from(LEDGER.join(''));
    const bytes = run % 2 === 0 ? whole.subarray(0, Math.floor(next() * whole.length)) : Buffer.from(whole);
    if (run % 2 === 1) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
    await writeFile(path, bytes);
    const ledger = await openLedger({ path, now: () => new Date(0), onFault: assert.fail });
    const { sequence } = ledger.add({ mac: MAC, stage: 'power-off' });
    await ledger.close();
    const events = (await readFile(path, 'utf8')).split('\n').flatMap((line) => eventIn(line) ?? []);
    assert.equal(events.at(-1)?.stage, 'power-off');
    assert.equal(events.filter((one) => one.sequence === sequence).length, 1, 'a number came twice');
  }
});

function eventIn(line: string): LedgerEvent | undefined {
  try {
    return LedgerEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
