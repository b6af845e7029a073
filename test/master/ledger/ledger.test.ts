import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Stage } from '../../../src/domain/stages.ts';
import { noteReceipts } from '../../../src/master/intake/note-receipts.ts';
import { openLedger } from '../../../src/master/ledger/ledger.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';

const MAC = '52:54:00:00:00:01';
const OTHER = '52:54:00:00:00:02';
const now = (): Date => new Date('2026-11-20T12:00:00Z');
const noFault = (reason: string): void => assert.fail(reason);

describe('ledger', () => {
  const ways: [what: string, stages: Stage[], stage: Stage][] = [
    ['a renewed lease does not move a machine back', ['script', 'root-image', 'collect', 'request', 'ack'], 'collect'],
    ['the DHCP of Linux does not move it back', ['ack', 'loader', 'script', 'kernel', 'discover', 'offer'], 'kernel'],
    ['a new boot does', ['script', 'collect', 'receipt', 'power-off', 'discover', 'loader'], 'loader'],
    ['also of a ROM that has iPXE', ['script', 'receipt', 'power-off', 'script'], 'script'],
  ];
  for (const [what, stages, expected] of ways) {
    it(what, async () => {
      await using directory = await temporaryDirectory('recon-ledger-');
      const ledger = await openLedger({ path: join(directory.path, 'ledger.jsonl'), now, onFault: noFault });
      for (const stage of stages) ledger.add({ mac: MAC, stage });
      assert.equal(ledger.machine(MAC)?.stage, expected);
      await ledger.close();
    });
  }

  it('continues its count and its machines after a restart, behind a torn line too', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const path = join(directory.path, 'ledger.jsonl');
    const before = await openLedger({ path, now, onFault: noFault });
    before.add({ mac: MAC, stage: 'ack', address: '10.77.1.1' });
    before.add({ mac: MAC, stage: 'script', detail: 'x'.repeat(3000) });
    await before.sync();
    await appendFile(path, '{"sequence":3,"at":');
    const ledger = await openLedger({ path, now, onFault: noFault });
    assert.equal(ledger.sequence, 2);
    assert.equal(ledger.machine(MAC)?.address, '10.77.1.1');
    assert.equal(ledger.add({ mac: MAC, stage: 'kernel' }).sequence, 3);
    await ledger.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    assert.equal(JSON.parse(lines.at(-1) ?? '').stage, 'kernel');
    assert.equal(lines.length, 4);
  });

  it('tells subscribers, until they leave', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const ledger = await openLedger({ path: join(directory.path, 'ledger.jsonl'), now, onFault: noFault });
    const heard: Stage[] = [];
    const leave = ledger.subscribe(({ stage }) => heard.push(stage));
    ledger.add({ mac: MAC, stage: 'discover' });
    leave();
    ledger.add({ mac: MAC, stage: 'offer' });
    assert.deepEqual(heard, ['discover']);
    await ledger.close();
  });

  it('goes on when the medium is gone, says so once, and writes what waited when it is back', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const faults: string[] = [];
    const path = join(directory.path, 'gone/ledger.jsonl');
    const ledger = await openLedger({ path, now, onFault: (reason) => faults.push(reason) });
    ledger.add({ mac: MAC, stage: 'discover' });
    await ledger.sync();
    ledger.add({ mac: MAC, stage: 'offer' });
    await ledger.sync();
    assert.equal(ledger.machine(MAC)?.stage, 'offer');
    assert.equal(faults.length, 1);
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(directory.path, 'gone'));
    await ledger.sync();
    assert.equal((await readFile(path, 'utf8')).trim().split('\n').length, 2);
  });

  it('knows the history of each machine after a restart too, and counts what it wrote', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const path = join(directory.path, 'ledger.jsonl');
    const before = await openLedger({ path, now, onFault: noFault });
    for (const stage of ['discover', 'offer', 'discover', 'offer'] as const) before.add({ mac: MAC, stage });
    before.add({ mac: OTHER, stage: 'script' });
    before.add({ mac: MAC, stage: 'root-image', bytes: 5, totalBytes: 10, bytesPerSecond: 3, resumedAtBytes: 2 });
    const told = before.history(MAC);
    await before.close();
    const ledger = await openLedger({ path, now, onFault: noFault });
    assert.deepEqual(ledger.history(MAC), told);
    assert.deepEqual(
      told.map(({ stage }) => stage),
      ['discover', 'offer', 'discover', 'offer', 'root-image'],
    );
    assert.deepEqual(ledger.machine(MAC), before.machine(MAC));
    assert.equal(ledger.size, 2);
    await ledger.close();
  });

  it('says once that there are too many machines, and that a machine says too much; and goes on', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const faults: string[] = [];
    const path = join(directory.path, 'ledger.jsonl');
    const limits = { machines: 2, ledgerBytes: 500 };
    const ledger = await openLedger({ path, now, limits, onFault: (reason) => faults.push(reason) });
    for (let number = 10; number < 90; number += 1) ledger.add({ mac: `52:54:00:00:01:${number}`, stage: 'discover' });
    ledger.add({ mac: MAC, stage: 'receipt' });
    assert.deepEqual(
      faults.map((reason) => reason.split(' ').slice(0, 3).join(' ')),
      ['more than 2', 'events are left'],
    );
    assert.equal(ledger.size, 2);
    await ledger.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    assert.ok(lines.length < 10);
    assert.equal(JSON.parse(lines.at(-1) ?? '').stage, 'receipt');
  });

  it('is told of a receipt that it missed', async () => {
    await using directory = await temporaryDirectory('recon-ledger-');
    const ledger = await openLedger({ path: join(directory.path, 'ledger.jsonl'), now, onFault: noFault });
    const stored = (mac: string, revision: number, hasReceipt: boolean): StoredRevision => ({
      mac,
      revision,
      directory: '',
      recordSha256: 'ab'.repeat(32),
      captureSha256: undefined,
      receipt: hasReceipt ? { recordSha256: 'ab'.repeat(32), revision, storage: 'stick', masterSequence: 1 } : undefined,
      facts: { identity: { findings: { critical: 0, warning: 0, note: 0 } }, keys: [], knownBy: { macs: [], numbers: [] } },
    });
    ledger.add({ mac: OTHER, stage: 'receipt', detail: 'revision 1' });
    noteReceipts({ latest: () => [stored(MAC, 3, true), stored(OTHER, 1, true), stored('52:54:00:00:00:03', 1, false)] }, ledger);
    assert.equal(ledger.history(MAC).at(-1)?.detail, "revision 3, stored before the master's last start");
    assert.equal(ledger.history(OTHER).length, 1);
    assert.equal(ledger.machine('52:54:00:00:00:03'), undefined);
    await ledger.close();
  });
});
