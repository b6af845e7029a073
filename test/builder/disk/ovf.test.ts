import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ovfDescriptor, ovfManifest } from '../../../src/builder/disk/ovf.ts';

const INPUT = {
  name: 'recon.x86_64-13.x.1',
  version: '13.x.1',
  diskFile: 'recon-disk1.vmdk',
  diskFileBytes: 123_456,
  capacityBytes: 786_432_000,
};

test('golden: the descriptor of an appliance', async () => {
  const golden = join(import.meta.dirname, 'golden/recon.ovf');
  if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(golden, ovfDescriptor(INPUT));
  assert.equal(ovfDescriptor(INPUT), await readFile(golden, 'utf8'));
});

test('a name with the signs of XML', () => {
  assert.match(ovfDescriptor({ ...INPUT, name: 'a<b>&"c"' }), /<Name>a&lt;b&gt;&amp;&quot;c&quot;<\/Name>/);
});

test('elements of hardware stand in the order of the alphabet, as the schema of CIM has them', () => {
  const items = ovfDescriptor(INPUT).split('<Item>').slice(1);
  assert.equal(items.length, 5);
  for (const item of items) {
    const names = [...item.matchAll(/<rasd:(\w+)>/g)].map((match) => match[1] ?? '');
    assert.deepEqual(names, [...names].sort());
  }
});

test('a line of the manifest for each file', () => {
  assert.equal(
    ovfManifest([
      { name: 'a.ovf', sha256: 'ff' },
      { name: 'b.vmdk', sha256: '00' },
    ]),
    'SHA256(a.ovf)= ff\nSHA256(b.vmdk)= 00\n',
  );
});
