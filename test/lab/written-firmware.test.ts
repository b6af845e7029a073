import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findWrittenFirmware } from '../../src/lab/written-firmware.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { variableFlash } from './matrix/uefi/variable-flash.ts';

test('a crash record in the firmware of one machine is found, and a rehearsal without UEFI proves nothing', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const at = (name: string): string => join(directory.path, name);
  assert.match((await findWrittenFirmware(directory.path)).join(), /no machine had UEFI/);
  await writeFile(at('probe.vars.fd'), '');
  await writeFile(at('peer.vars.fd'), variableFlash([{ name: 'Boot0000', data: '00', state: 0x3f }]));
  assert.deepEqual(await findWrittenFirmware(directory.path), []);
  await writeFile(at('master-uefi.vars.fd'), variableFlash([{ name: 'dump-type0-1-1-1-D', data: '00', state: 0x3f }]));
  assert.match((await findWrittenFirmware(directory.path)).join(), /^master-uefi: the UEFI variable dump-type0/);
});

test('keys of Secure Boot are those that the firmware began with, and a rehearsal without any proves nothing', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const at = (name: string): string => join(directory.path, name);
  const keys = (db: string): Buffer =>
    variableFlash(
      [
        ['PK', '01'],
        ['KEK', '02'],
        ['db', db],
        ['dbx', '04'],
      ].map(([name = '', data = '']) => ({ name, data, state: 0x3f })),
    );
  await writeFile(at('template'), keys('03'));
  await writeFile(at('off.vars.fd'), variableFlash([{ name: 'Boot0000', data: '00', state: 0x3f }]));
  assert.match((await findWrittenFirmware(directory.path, at('template'))).join(), /no machine had Secure Boot/);
  await writeFile(at('peer.vars.fd'), keys('03'));
  assert.deepEqual(await findWrittenFirmware(directory.path, at('template')), []);
  await writeFile(at('peer.vars.fd'), keys('0301'));
  assert.deepEqual(await findWrittenFirmware(directory.path, at('template')), ['peer: the keys in db were changed']);
});
