import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { recoverVisits } from '../../../src/desk/recover.ts';
import { Receipt } from '../../../src/domain/api.ts';
import { newAgeKeys } from '../../../src/platform/archive/age.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { openVisit } from '../../../src/tarball/open-visit.ts';
import { bootedImage } from './booted-image.ts';

const skip = process.getuid?.() === 0 ? false : 'needs root';
const MAC = '52:54:00:00:00:01';
const SERIAL = 'CANARY-SERIAL';
const DELIVER = join(import.meta.dirname, 'deliver-record.ts');

test('a booted stick with encryptRecords holds no serial number at any time, and the identity opens it', { skip }, async () => {
  const { identity, recipient } = await newAgeKeys();
  await using machine = await bootedImage(`site: hall-3\nencryptTo: ${recipient}\nencryptRecords: true\n`);
  const told = await machine.screen(/code of this visit/);
  assert.match(told.replaceAll(/\s+/g, ' '), /records are encrypted as they arrive: the stick tells how many files came and when/);
  const receipt = Receipt.parse(JSON.parse(await runOk(machine.inside([process.execPath, DELIVER, MAC, SERIAL]), { timeoutMs: 60_000 })));
  assert.equal(receipt.storage, 'stick');
  for (const moment of ['after the receipt', 'after power-off']) {
    const bytes = await machine.stick();
    for (const secret of [SERIAL, MAC, MAC.replaceAll(':', '-'), 'node.json'])
      assert.equal(bytes.indexOf(secret), -1, `${secret} ${moment}`);
    await machine.powerOff();
  }
  const [stick, key, output] = ['read', 'key.txt', 'out.tar.gz'].map((name) => join(machine.root, name)) as [string, string, string];
  await machine.readStick(stick);
  await writeFile(key, identity);
  const others = { output, warn: () => {} };
  await assert.rejects(recoverVisits(stick, others), { code: 'identity-wrong' });
  const [only] = await recoverVisits(stick, { ...others, identity: key });
  assert.equal(only?.path, output);
  const macs: string[] = [];
  for await (const { mac } of (await openVisit(output)).nodes()) macs.push(mac);
  assert.ok(macs.includes(MAC), macs.join());
});

test('encryptRecords without a key to encrypt to: nothing is served, and the screen says what to set', { skip }, async () => {
  await using machine = await bootedImage('encryptRecords: true\n');
  const told = await machine.screen(/or type usual and press/);
  assert.match(told.replaceAll(/\s+/g, ' '), /NOTHING IS SERVED.*encryptRecords: true needs a key to encrypt to: set encryptTo/);
});
