import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { it } from 'node:test';
import { SHA256_HEADER, TOKEN_HEADER, tokenPath } from '../../../src/domain/api.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { isOtherMachine } from '../../../src/judge/identity/other-machine.ts';
import { openStore } from '../../../src/master/intake/store.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { type AppFixture, appFixture } from '../app-fixture.ts';
import { recordFor, sha256Of, withoutSync } from '../fixture-records.ts';

/** A USB adapter that is put into one machine after the other. */
const ADAPTER = '00:e0:4c:68:00:01';
const PATH = '/nodes/00-e0-4c-68-00-01';
const ADDRESS = '10.77.1.1';

const numberOf = (record: NodeRecord, key: 'uuid' | 'serial'): string =>
  (record.sections.system.status === 'ok' ? record.sections.system.data[key] : undefined) ?? '';
const portOf = (record: NodeRecord): string => (record.sections.nics.status === 'ok' ? record.sections.nics.data[0]?.mac : undefined) ?? '';

async function boot({ app }: AppFixture, record: NodeRecord, also = ''): Promise<string> {
  const query = `uuid=${numberOf(record, 'uuid')}&serial=${numberOf(record, 'serial')}&product=Box${also}`;
  return (await app.inject({ url: `${PATH}/boot.ipxe?${query}`, remoteAddress: ADDRESS })).body;
}

async function send({ app }: AppFixture, record: NodeRecord): Promise<{ status: number; recordSha256: string; revision: number }> {
  const token = (await app.inject({ method: 'POST', url: tokenPath(ADAPTER), remoteAddress: ADDRESS })).body;
  const payload = JSON.stringify(record);
  const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) };
  const answer = await app.inject({ method: 'PUT', url: `${PATH}/record`, remoteAddress: ADDRESS, headers, payload });
  return { status: answer.statusCode, ...answer.json() };
}

it('three machines behind one adapter each keep their record and receipt, and none is sent away for another', async () => {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  await deps.leases.add(ADAPTER, ADDRESS);
  const machines = ['SER-ONE', 'SER-TWO', 'SER-THREE'].map((serial) => recordFor(serial));
  for (const record of machines) {
    assert.match(await boot(fixture, record), /^kernel /m, 'it has no record yet');
    const { status, recordSha256, revision } = await send(fixture, record);
    assert.deepEqual([status, recordSha256, revision], [200, sha256Of(JSON.stringify(record)), 1]);
  }
  for (const record of machines) assert.match(await boot(fixture, record), /is stored, revision 1/, 'its own is');
  const nodes: { mac: string; serial: string; hasReceipt: boolean; notes?: string[] }[] = (await app.inject('/nodes')).json();
  const [one, two, three] = machines;
  assert.ok(one && two && three);
  assert.deepEqual(
    nodes.map(({ mac, serial, hasReceipt }) => [mac, serial, hasReceipt]),
    [
      [ADAPTER, 'SER-ONE', true],
      [portOf(two), 'SER-TWO', true],
      [portOf(three), 'SER-THREE', true],
    ],
  );
  const said = deps.ledger.history(ADAPTER).map(({ detail }) => detail ?? '');
  assert.ok(said.some((detail) => detail === 'another machine than SER-ONE, whose record is stored: Box SER-TWO'));
  assert.ok(said.some((detail) => detail === `another machine than SER-ONE: its record is listed as ${portOf(two)}, revision 1`));
  const sealed = await openVisit((await fixture.seal()).path);
  const listed: unknown[] = [];
  for await (const { mac, sameAs } of sealed.nodes()) listed.push([mac, sameAs]);
  assert.deepEqual(listed.sort(), nodes.map(({ mac }) => [mac, undefined]).sort());
});

it('says on the page that another machine booted by the address, until it has a record', async () => {
  await using fixture = await appFixture();
  await fixture.deps.leases.add(ADAPTER, ADDRESS);
  await send(fixture, recordFor('SER-ONE'));
  await boot(fixture, recordFor('SER-TWO'));
  const [row] = (await fixture.app.inject('/nodes')).json();
  assert.match(row.notes.join(), /^Another machine \(Box SER-TWO\) booted by this address\./);
});

it('a second inventory of each is a new revision of its own, also after a restart', async () => {
  await using fixture = await appFixture();
  await fixture.deps.leases.add(ADAPTER, ADDRESS);
  const [one, two] = [recordFor('SER-ONE'), recordFor('SER-TWO')];
  const again = (record: NodeRecord): NodeRecord => ({ ...record, collectors: [] });
  const revisions = [];
  for (const record of [one, two, again(two), again(one), two]) revisions.push((await send(fixture, record)).revision);
  assert.deepEqual(revisions, [1, 1, 2, 2, 1]);
  const options = { directory: fixture.deps.dataDirectory, storage: 'ram', log: silentLog, sequence: () => 9, sync: withoutSync } as const;
  const reopened = await openStore({ ...options, freeFloorBytes: 0 });
  assert.deepEqual(
    reopened.candidates(ADAPTER).map(({ mac, revision }) => [mac, revision]),
    [
      [ADAPTER, 2],
      [portOf(two), 2],
    ],
  );
});

it('a machine that has no port of its own is listed by an address that no card has', async () => {
  await using fixture = await appFixture();
  await fixture.deps.leases.add(ADAPTER, ADDRESS);
  const without = (serial: string): NodeRecord => {
    const record = recordFor(serial);
    return { ...record, sections: { ...record.sections, nics: { status: 'absent' } } };
  };
  for (const serial of ['SER-ONE', 'SER-TWO', 'SER-TWO']) assert.equal((await send(fixture, without(serial))).revision, 1);
  const macs = fixture.deps.store.latest().map(({ mac }) => mac);
  assert.deepEqual([macs.length, macs[0]], [2, ADAPTER]);
  assert.match(macs[1] ?? '', /^02:/);
});

it('what is refused is a line of the ledger and a note, and moves the machine nowhere', async () => {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  await deps.leases.add(ADAPTER, ADDRESS);
  await boot(fixture, recordFor('SER-ONE'));
  for (let time = 0; time < 3; time += 1)
    assert.equal((await app.inject({ url: `${PATH}/boot.ipxe`, remoteAddress: '10.77.9.9' })).statusCode, 403);
  const payload = JSON.stringify(recordFor('SER-ONE'));
  const headers = { [TOKEN_HEADER]: 'f'.repeat(64), [SHA256_HEADER]: sha256Of(payload) };
  assert.equal((await app.inject({ method: 'PUT', url: `${PATH}/record`, remoteAddress: ADDRESS, headers, payload })).statusCode, 403);
  const refused = deps.ledger.history(ADAPTER).flatMap(({ refused: why }) => why ?? []);
  assert.deepEqual(refused, [
    `${ADAPTER} has the address ${ADDRESS}, not 10.77.9.9 (from 10.77.9.9)`,
    `the token is not the one that this machine got when it booted (from ${ADDRESS})`,
  ]);
  const [row] = (await app.inject('/nodes')).json();
  assert.deepEqual([row.stage, row.detail], ['script', 'Box SER-ONE']);
  assert.match(row.notes.join(), /A request in its name was refused: the token is not the one/);
  await app.inject({ url: '/nodes/52-54-00-00-00-77/boot.ipxe', remoteAddress: ADDRESS });
  assert.equal(deps.ledger.machine('52:54:00:00:00:77'), undefined, 'a made-up name is no machine');
  assert.match(deps.ledger.machine(ADAPTER)?.refused ?? '', /10\.77\.1\.1 is 00:e0:4c:68:00:01, not 52:54:00:00:00:77/);
});

const key = (kind: 'uuid' | 'serial' | 'board-serial' | 'nic' | 'bmc-mac' | 'disk', value: string) => ({ kind, value, evidence: '' });
const [A, B] = [
  [key('uuid', 'u1'), key('serial', 's1')],
  [key('uuid', 'u2'), key('serial', 's2')],
];
const pairs: [what: string, left: typeof A, right: typeof A, isOther: boolean][] = [
  ['all numbers differ', A, B, true],
  ['a new board has another UUID, and the serial number stays', A, [key('uuid', 'u2'), key('serial', 's1')], false],
  ['only one number is known of both', [key('serial', 's1')], B, true],
  ['nothing is known of both', [key('serial', 's1')], [key('uuid', 'u1')], false],
  ['no numbers at all, and the same disk', [key('disk', 'd'), key('nic', 'n')], [key('disk', 'd'), key('nic', 'n')], false],
  ['no numbers at all, and nothing in common', [key('disk', 'd'), key('nic', 'n')], [key('disk', 'e'), key('nic', 'm')], true],
];
for (const [what, left, right, isOther] of pairs) it(`another machine? ${what}`, () => assert.equal(isOtherMachine(left, right), isOther));

it('two machines that have changed cards with each other do not wait for each other', { timeout: 30_000 }, async () => {
  await using fixture = await appFixture();
  let isOut: Promise<void> = Promise.resolve();
  const options = { directory: fixture.deps.dataDirectory, storage: 'ram', log: silentLog, sequence: () => 9, freeFloorBytes: 0 } as const;
  const store = await openStore({ ...options, sync: () => isOut });
  const [cardA, cardB] = ['52:54:00:aa:00:01', '52:54:00:bb:00:01'];
  const machine = (serial: string, ports: string[], version = '1'): Buffer => {
    const record = structuredClone(recordFor(serial));
    const { nics } = record.sections;
    assert.ok(nics.status === 'ok' && nics.data[0] !== undefined);
    const [first] = nics.data;
    nics.data = ports.map((mac) => ({ ...first, mac }));
    return Buffer.from(JSON.stringify({ ...record, version }));
  };
  let reads = 0;
  const put = async (mac: string, bytes: Buffer): Promise<string> => {
    let listedAs = mac;
    const chunks = (async function* () {
      yield bytes;
      reads += 1;
    })();
    const upload = { mac, chunks, lengthBytes: bytes.length, sha256: undefined, captureSha256: undefined };
    await store.putRecord({ ...upload, onOtherIdentity: (own) => (listedAs = own) });
    return listedAs;
  };
  const [portA, portB] = ['52:54:00:aa:00:02', '52:54:00:bb:00:02'];
  await put(cardA, machine('SER-ONE', [cardA, portA]));
  await put(cardB, machine('SER-TWO', [cardB, portB]));
  // a slow medium, on which both machines have a record on its way when they come with the other's card
  const out = Promise.withResolvers<void>();
  isOut = out.promise;
  const before = [put(cardA, machine('SER-ONE', [cardA, portA], '2')), put(cardB, machine('SER-TWO', [cardB, portB], '2'))];
  const swapped = [put(cardB, machine('SER-ONE', [cardB, portA])), put(cardA, machine('SER-TWO', [cardA, portB]))];
  while (reads < 6) await readdir(options.directory);
  for (let turn = 0; turn < 100; turn += 1) await readdir(options.directory);
  out.resolve();
  await Promise.all(before);
  assert.deepEqual(await Promise.all(swapped), [cardA, cardB]);
  assert.deepEqual(
    store.latest().map(({ mac, revision, facts }) => [mac, revision, facts.identity.serial]),
    [
      [cardA, 3, 'SER-ONE'],
      [cardB, 3, 'SER-TWO'],
    ],
  );
});
