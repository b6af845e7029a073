import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeAppliance } from '../../../src/builder/disk/write-appliance.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile, fileSize, writeAt } from '../../../src/platform/machine/disk-image-file.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { findOvfFaults } from '../../builder/disk/ovf-rules.ts';

const QUICK = { timeoutMs: 120_000 };
const RAW_BYTES = 10 * 1024 * 1024 + 512;
const PARSE = "import sys, xml.dom.minidom; print(xml.dom.minidom.parse(sys.argv[1]).documentElement.getElementsByTagName('Item').length)";

test('a disk in two more formats: qemu-img reads the same bytes from each, and the OVA is in the order of the standard', async () => {
  await using directory = await temporaryDirectory('recon-appliance-');
  const at = (name: string): string => join(directory.path, name);
  await createSparseFile(at('recon.raw'), RAW_BYTES);
  await writeAt(at('recon.raw'), 0, Buffer.alloc(300_000, 'recon '));
  await writeAt(at('recon.raw'), RAW_BYTES - 6, Buffer.from('the end'.slice(0, 6)));
  const files = await writeAppliance({ raw: at('recon.raw'), version: '13.x.1', workDirectory: at('work'), withOva: true });
  assert.deepEqual(files, [at('recon.qcow2'), at('recon.ova')]);
  assert.equal((await runOk(['tar', '-tf', at('recon.ova')], QUICK)).trim(), 'recon.ovf\nrecon.mf\nrecon-disk1.vmdk');
  await runOk(['tar', '-C', directory.path, '-xf', at('recon.ova')], QUICK);

  await runOk(['qemu-img', 'check', '-f', 'qcow2', at('recon.qcow2')], QUICK);
  await runOk(['qemu-img', 'check', '-f', 'vmdk', at('recon-disk1.vmdk')], QUICK);
  await runOk(['qemu-img', 'compare', '-f', 'raw', '-F', 'qcow2', at('recon.raw'), at('recon.qcow2')], QUICK);
  await runOk(['qemu-img', 'compare', '-f', 'raw', '-F', 'vmdk', at('recon.raw'), at('recon-disk1.vmdk')], QUICK);
  const info = JSON.parse(await runOk(['qemu-img', 'info', '--output=json', at('recon-disk1.vmdk')], QUICK));
  assert.equal(info['format-specific'].data['create-type'], 'streamOptimized');

  const lines = (await readFile(at('recon.mf'), 'utf8')).trimEnd().split('\n');
  for (const [index, name] of ['recon.ovf', 'recon-disk1.vmdk'].entries()) {
    const sha256 = createHash('sha256')
      .update(await readFile(at(name)))
      .digest('hex');
    assert.equal(lines[index], `SHA256(${name})= ${sha256}`);
  }
  const descriptor = await readFile(at('recon.ovf'), 'utf8');
  assert.match(descriptor, new RegExp(`ovf:href="recon-disk1.vmdk" ovf:size="${await fileSize(at('recon-disk1.vmdk'))}"`));
  assert.match(descriptor, new RegExp(`ovf:capacity="${RAW_BYTES}"`));
  assert.equal((await runOk(['python3', '-c', PARSE, at('recon.ovf')], QUICK)).trim(), '5');
  assert.deepEqual(findOvfFaults(descriptor), []);
});
