import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsPath, type NodeSummary, progressPath, TOKEN_HEADER } from '../../../src/domain/api.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { recordData } from '../../../src/domain/record/record-data.ts';
import { judgeFleet, machineFacts } from '../../../src/judge/judge-fleet.ts';
import { missingMachines } from '../../../src/master/verdict/node-summaries.ts';
import type { Surroundings } from '../../../src/master/verdict/stuck-machine.ts';
import { withPorts } from '../../../src/seal/listed-machines.ts';
import { appFixture, type Behind, NOW } from '../app-fixture.ts';
import { chunksOf, recordFor } from '../fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const scriptOf = (mac: string, query = ''): string => `/nodes/${mac.replaceAll(':', '-')}/boot.ipxe${query}`;
const MIB = 1024 ** 2;
/** What the machine of the record says of itself. */
const OWN = `uuid=${uuidOf(recordFor('S1'))}&serial=S1`;

function uuidOf(record: NodeRecord): string {
  const uuid = recordData(record).system?.uuid;
  assert.ok(uuid !== undefined);
  return uuid.toUpperCase();
}

async function storeRecord(deps: Behind, mac: string): Promise<NodeRecord> {
  const record = NodeRecord.parse(recordFor('S1'));
  await store(deps, mac, record);
  return record;
}

async function store(deps: Behind, mac: string, record: NodeRecord): Promise<void> {
  await deps.store.putRecord({
    mac,
    chunks: chunksOf(JSON.stringify(record)),
    lengthBytes: undefined,
    sha256: undefined,
    captureSha256: undefined,
  });
}

describe('the script of a machine whose record is stored', () => {
  it('leads to its own disk, on each of its ports, and to the image when somebody presses the key', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    assert.match((await app.inject(scriptOf(MAC))).body, /^kernel /m);
    const { sections } = await storeRecord(deps, MAC);
    const port = sections.nics.status === 'ok' ? sections.nics.data[1]?.mac : undefined;
    assert.ok(port !== undefined && port !== MAC);
    for (const mac of [MAC, port]) {
      const { body } = await app.inject(scriptOf(mac, `?${OWN}`));
      assert.match(body, /is stored, revision 1/);
      assert.match(body, /sanboot --no-describe --drive 0x80/);
      assert.doesNotMatch(body, /^kernel /m);
    }
    assert.equal(deps.ledger.machine(port), undefined, 'a machine that is done is no new one');
    const noted = deps.ledger.history(MAC).filter(({ stage }) => stage === 'own-disk');
    assert.deepEqual(
      noted.map(({ detail, address }) => [detail, address]),
      [
        ['revision 1 is stored', '127.0.0.1'],
        [`revision 1 is stored, asked from its port ${port}`, '127.0.0.1'],
      ],
    );
    const [node] = (await app.inject('/nodes')).json();
    assert.deepEqual([node.mac, node.stage, node.hasReceipt], [MAC, 'own-disk', true]);
    assert.match((await app.inject(scriptOf(MAC, `?again=1&${OWN}`))).body, /^kernel /m);
    assert.match((await app.inject(scriptOf('52:54:00:00:00:99'))).body, /^kernel /m, 'another machine boots');
  });

  it('is not given to a machine that a forged record names, and the machine is no port of it', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const victims = Array.from({ length: 60 }, (_, at) => `52:54:00:77:00:${at.toString(16).padStart(2, '0')}`);
    const forged = recordFor('SN-10001');
    await store(deps, MAC, {
      ...forged,
      sections: { ...forged.sections, nics: { status: 'ok', data: victims.map((mac, at) => ({ name: `eno${at}`, mac })) } },
    });
    const says = [
      '?uuid=4c4c4544-0042-3510-8052-0123456789ab&serial=SN-10001',
      '?serial=SN-20002',
      '',
      '?uuid=03000200-0400-0500-0006-000700080009&serial=none',
    ];
    for (const [at, mac] of victims.entries()) {
      const { body } = await app.inject({ url: scriptOf(mac, says[at % 4]), remoteAddress: `10.77.1.${at + 1}` });
      assert.match(body, /^kernel /m, says[at % 4]);
    }
    const nodes: { mac: string; portOf?: string; stage: string }[] = (await app.inject('/nodes')).json();
    const portOf = victims.slice(0, 4).map((mac) => nodes.find((node) => node.mac === mac)?.portOf);
    assert.deepEqual(portOf, [undefined, undefined, undefined, undefined], 'whoever asks afterwards is no port of it');
    assert.equal(nodes.filter(({ stage }) => stage === 'own-disk').length, 0);
  });
});

const around = (nowMs: number) => (): Surroundings => ({
  nowMs,
  isServed: () => true,
  hasDriver: () => true,
  leftOutDrivers: () => [],
  cardName: () => undefined,
  neededRamBytes: 1024 * MIB,
  startRamBytes: 300 * MIB,
  captureMs: 180_000,
});

describe('a port that firmware tried before another', () => {
  it('has a verdict until the machine arrives by the other one', async () => {
    await using fixture = await appFixture({ surroundings: around(NOW.getTime() + 3_600_000) });
    const { app, deps } = fixture;
    const { sections } = NodeRecord.parse(recordFor('S1'));
    const port = sections.nics.status === 'ok' ? (sections.nics.data[1]?.mac ?? '') : '';
    deps.ledger.add({ mac: port, stage: 'offer', interface: 'eno1' });
    const node = async () => (await app.inject('/nodes')).json()[0];
    assert.equal((await node()).verdict.code, 'offer-not-taken');
    await storeRecord(deps, MAC);
    assert.deepEqual([(await node()).verdict, (await node()).portOf], [undefined, MAC]);
  });
});

describe('a record of a machine with a lease that names the ports of sixty others', () => {
  const victims = Array.from({ length: 60 }, (_, at) => `52:54:00:77:00:${at.toString(16).padStart(2, '0')}`);
  const named = (serial: string, macs: readonly string[]) => {
    const record = recordFor(serial);
    return {
      ...record,
      sections: { ...record.sections, nics: { status: 'ok' as const, data: macs.map((mac, at) => ({ name: `eno${at}`, mac })) } },
    };
  };

  it('speaks of what was: who asks afterwards counts as a machine of its own, and both rows say so', async () => {
    await using fixture = await appFixture({ surroundings: around(NOW.getTime() + 3_600_000) });
    const { app, deps } = fixture;
    const [before = '', ...later] = victims;
    deps.ledger.add({ mac: before, stage: 'offer' });
    await store(deps, MAC, named('SN-10001', victims));
    deps.ledger.add({ mac: MAC, stage: 'receipt' });
    for (const mac of later) deps.ledger.add({ mac, stage: 'discover' });
    const nodes: NodeSummary[] = (await app.inject('/nodes')).json();
    const row = (mac: string): NodeSummary => nodes.find((one) => one.mac === mac) ?? assert.fail(mac);
    assert.deepEqual([row(before).portOf, row(before).verdict], [MAC, undefined]);
    for (const mac of later) {
      assert.deepEqual([row(mac).portOf, row(mac).verdict?.code], [undefined, 'not-answered']);
      assert.match(row(mac).notes?.join() ?? '', /^The record of 52:54:00:00:00:01 names this address as a port\. It asks by itself since/);
    }
    assert.equal(row(MAC).notes?.join(), 'Its record names 59 addresses as its ports that ask by themselves since.');
    const lost = missingMachines({ ledger: deps.ledger, store: deps.store, masterMac: () => undefined });
    const facts = [machineFacts(MAC, deps.store.latest()[0]?.receipt?.masterSequence ?? 0, named('SN-10001', victims))];
    const ports = withPorts(lost, facts, judgeFleet(facts)).filter(({ portOf }) => portOf !== undefined);
    assert.deepEqual(
      ports.map(({ mac }) => mac),
      [before],
      'nor in the tarball',
    );
    deps.ledger.add({ mac: before, stage: 'discover' });
    const again: NodeSummary[] = (await app.inject('/nodes')).json();
    assert.equal(again.find(({ mac }) => mac === before)?.portOf, undefined, 'it lives');
  });

  it('and a port that says who it is when its machine is started again is one', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const [port = ''] = victims;
    await store(deps, MAC, named('S1', [MAC, port]));
    deps.ledger.add({ mac: port, stage: 'ack' });
    const row = async (): Promise<NodeSummary | undefined> =>
      (await app.inject('/nodes')).json().find(({ mac }: NodeSummary) => mac === port);
    assert.equal((await row())?.portOf, undefined);
    assert.match((await app.inject(scriptOf(port, `?${OWN}`))).body, /is stored, revision 1/);
    assert.deepEqual([(await row())?.portOf, (await row())?.stage, (await row())?.notes], [MAC, 'own-disk', undefined]);
  });
});

describe('what a boot loader says', () => {
  it('is in the list of machines, and too little memory is said there and on the screen of the machine', async () => {
    await using fixture = await appFixture({ surroundings: around(NOW.getTime()) });
    const query = '?manufacturer=ACME&product=Box&serial=S%3Cb%3E&dimms=.4000&buildarch=x86_64&junk=%00';
    const { body } = await fixture.app.inject(scriptOf(MAC, query));
    assert.match(body, /too little memory: 64 MiB/);
    assert.doesNotMatch(body, /^kernel /m);
    const [node] = (await fixture.app.inject('/nodes')).json();
    assert.deepEqual([node.vendor, node.product, node.serial, node.verdict.code], ['ACME', 'Box', 'S<b>', 'too-little-ram']);
  });
});

describe('what an initrd says', () => {
  it('needs the token, and becomes the state and the files of the machine', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    await app.inject(scriptOf(MAC));
    const headers = { [TOKEN_HEADER]: deps.tokens.newest(MAC)?.token ?? '', 'content-type': 'application/octet-stream' };
    const tell = (payload: object, given = headers) =>
      app.inject({ method: 'POST', url: progressPath(MAC), headers: given, payload: JSON.stringify(payload) });
    const words = {
      stage: 'root-image',
      detail: 'initrd is up',
      facts: { ramBytes: 768 * MIB, leaseSeconds: 31, nicDriver: 'e1000', wrongHashes: -1 },
    };
    assert.equal((await tell(words, { ...headers, [TOKEN_HEADER]: 'wrong' })).json().code, 'token-wrong');
    assert.equal((await tell(words)).statusCode, 204);
    assert.equal((await tell({ stage: 'kernel' })).json().code, 'body-malformed', 'that step is not its to report');
    const machine = deps.ledger.machine(MAC);
    assert.equal(machine?.stage, 'root-image');
    assert.deepEqual(machine?.facts, { ramBytes: 768 * MIB, leaseSeconds: 31, nicDriver: 'e1000' });
    const [node] = (await app.inject('/nodes')).json();
    assert.match(node.notes[0], /spanning tree/);

    const post = (payload: string, given = headers) => app.inject({ method: 'POST', url: factsPath(MAC), headers: given, payload });
    const line = `{"path":"fs/proc/meminfo","base64":"${Buffer.from('MemTotal: 1 kB\n').toString('base64')}"}\n`;
    assert.equal((await post(line, { ...headers, [TOKEN_HEADER]: 'wrong' })).statusCode, 403);
    assert.equal((await post('{}')).json().code, 'body-malformed');
    assert.equal((await post('x'.repeat(1024 * 1024 + 1))).json().code, 'body-too-large');
    assert.equal((await post(line)).statusCode, 204);
    assert.equal((await deps.partial.filesOf(MAC))?.get('fs/proc/meminfo')?.toString(), 'MemTotal: 1 kB\n');
    assert.equal(deps.store.latest().length, 0, 'it is no record');
  });
});
