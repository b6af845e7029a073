import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { withVisits } from '../../../src/desk/open-tarballs.ts';
import { pseudonymsOf } from '../../../src/desk/share/pseudonyms.ts';
import { identifyingValues } from '../../../src/desk/share/record.ts';
import { shareVisit } from '../../../src/desk/share/share.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { deskTarball } from '../desk-fixture.ts';

test('nothing that tells whose machines these are is left, and equal things stay equal', async () => {
  await using directory = await temporaryDirectory('recon-share-');
  const sealed = await deskTarball(directory.path, ['SERIAL-1001', 'SERIAL-1002']);
  const names = pseudonymsOf(Buffer.alloc(32, 7));
  const out = join(directory.path, 'shared.tar.gz');
  const originals = new Set(['hall-3', 'payroll-7', '10.77.1.9', '10.77.1.200', '52:54:00:aa:bb:cc']);
  await withVisits([sealed.path], { warn: assert.fail }, async ([visit]) => {
    assert.ok(visit !== undefined);
    for await (const node of visit.nodes()) {
      originals.add(node.mac);
      for (const value of identifyingValues(node.record.sections)) originals.add(value);
    }
    assert.deepEqual(await shareVisit(visit, names, out), { machines: 2 });
    await assert.rejects(shareVisit(visit, names, out), { code: 'usage' });
  });
  assert.ok(originals.size >= 15, `only ${originals.size} values`);
  const text = gunzipSync(await readFile(out))
    .toString('latin1')
    .toLowerCase();
  for (const original of originals) {
    assert.ok(!text.includes(original.toLowerCase()), `${original} is in it`);
    assert.ok(!text.includes(original.toLowerCase().replaceAll(':', '-')), `${original} is in it with hyphens`);
  }
  await withVisits([out], { warn: assert.fail }, async ([visit]) => {
    const serials: (string | undefined)[] = [];
    for await (const { record, origin } of visit?.nodes() ?? [])
      if (origin === undefined) serials.push(record.sections.system.status === 'ok' ? record.sections.system.data.serial : undefined);
    assert.deepEqual(serials, [names.serial('SERIAL-1001'), names.serial('serial-1002')]);
  });
});

test('pseudonyms keep the form, and no two addresses of a maker become one', () => {
  const names = pseudonymsOf(Buffer.alloc(32, 1));
  assert.match(names.mac('0C-C4-7A-12-34-56'), /^0C-C4-7A-/);
  assert.equal(names.mac('ff:ff:ff:ff:ff:ff'), 'ff:ff:ff:ff:ff:ff');
  assert.match(names.address('192.0.2.9/24'), /^10\.\d+\.\d+\.\d+\/24$/);
  assert.match(names.hex('0x5000c500a1b2c3d4'), /^0x[0-9a-f]{16}$/);
  assert.notEqual(names.hex('0x5000c500a1b2c3d4'), '0x5000c500a1b2c3d4');
  assert.equal(names.serial('To be filled by O.E.M.'), 'To be filled by O.E.M.');
  const all = new Set(
    Array.from({ length: 3000 }, (_, at) =>
      names.mac(`0c:c4:7a:00:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`),
    ),
  );
  assert.equal(all.size, 3000);
  assert.notEqual(pseudonymsOf(Buffer.alloc(32, 2)).serial('SERIAL-1001'), names.serial('SERIAL-1001'));
});
