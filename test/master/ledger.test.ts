import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Stage } from '../../src/domain/stages.ts';
import { openLedger } from '../../src/master/ledger.ts';
import { temporaryDirectory } from '../../src/platform/files.ts';

const MAC = '52:54:00:00:00:01';
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
});
