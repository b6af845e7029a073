import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openLeases } from '../../../src/master/dhcp/leases.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

it('never lists one address or one machine twice after a restart', async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  const file = join(directory.path, 'leases');
  const leases = await openLeases(file);
  await leases.add('52:54:00:00:00:01', '10.77.1.1');
  await leases.add('52:54:00:00:00:02', '10.77.1.2');
  await leases.add('52:54:00:00:00:01', '10.77.1.3');
  await leases.add('52:54:00:00:00:03', '10.77.1.2');
  assert.equal(leases.macOf('10.77.1.1'), undefined);
  assert.equal(leases.macOf('::ffff:10.77.1.3'), '52:54:00:00:00:01');
  const again = await openLeases(file);
  assert.equal(await readFile(file, 'utf8'), '52:54:00:00:00:01,10.77.1.3\n52:54:00:00:00:03,10.77.1.2\n');
  assert.equal(again.addressOf('52:54:00:00:00:02'), undefined);
});

it('writes down together what comes together, in its order, and says so when it is written', async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  const file = join(directory.path, 'leases');
  const writes: string[][] = [];
  const leases = await openLeases(file, {
    write: async (path, lines) => {
      writes.push([...lines]);
      await appendFile(path, lines.map((line) => `${line}\n`).join(''));
    },
  });
  const numbers = Array.from({ length: 200 }, (_, at) => at);
  await Promise.all(numbers.map((at) => leases.add(`52:54:00:00:00:${at.toString(16).padStart(2, '0')}`, `10.77.1.${at}`)));
  const expected = numbers.map((at) => `52:54:00:00:00:${at.toString(16).padStart(2, '0')},10.77.1.${at}`);
  assert.deepEqual(writes, [expected], 'a write for each of them is most of what a storm of machines costs');
  await leases.add('52:54:00:00:01:00', '10.77.2.1');
  assert.equal(await readFile(file, 'utf8'), [...expected, '52:54:00:00:01:00,10.77.2.1', ''].join('\n'));
});

it('goes on after a write that failed, and says which lease it was', async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  let isFull = true;
  const leases = await openLeases(join(directory.path, 'leases'), {
    write: async () => {
      if (isFull) throw new Error('the disk is full');
    },
  });
  await assert.rejects(leases.add('52:54:00:00:00:01', '10.77.1.1'), /full/);
  isFull = false;
  await leases.add('52:54:00:00:00:02', '10.77.1.2');
  assert.equal(leases.macOf('10.77.1.1'), '52:54:00:00:00:01');
});

it('leaves out a torn line', async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  const file = join(directory.path, 'leases');
  await writeFile(file, '52:54:00:00:00:01,10.77.1.1\n52:54:00:00:00:02,10.77');
  const leases = await openLeases(file);
  assert.equal(leases.macOf('10.77.1.1'), '52:54:00:00:00:01');
  assert.equal(leases.addressOf('52:54:00:00:00:02'), undefined);
});

it("believes a machine's own word only while no lease says otherwise, and does not write it down", async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  const file = join(directory.path, 'leases');
  const leases = await openLeases(file);
  await leases.add('52:54:00:00:00:01', '10.77.1.1');
  leases.presume('52:54:00:00:00:02', '10.77.1.1');
  leases.presume('52:54:00:00:00:03', '::ffff:192.0.2.7');
  assert.equal(leases.macOf('10.77.1.1'), '52:54:00:00:00:01');
  assert.equal(leases.macOf('192.0.2.7'), '52:54:00:00:00:03');
  assert.equal(leases.leaseHolder('192.0.2.7'), undefined);
  assert.equal(leases.addressOf('52:54:00:00:00:03'), undefined);
  await leases.compact();
  assert.equal(await readFile(file, 'utf8'), '52:54:00:00:00:01,10.77.1.1\n');
});

it('keeps its file and its memory small, whatever asks', async () => {
  await using directory = await temporaryDirectory('recon-leases-');
  const file = join(directory.path, 'leases');
  const leases = await openLeases(file, { machines: 3 });
  for (let turn = 0; turn < 1500; turn += 1) await leases.add(`52:54:00:00:00:0${turn % 5}`, `10.77.1.${turn % 7}`);
  assert.ok((await readFile(file, 'utf8')).split('\n').length < 1100);
  await leases.compact();
  assert.ok((await readFile(file, 'utf8')).trim().split('\n').length <= 3);
});
