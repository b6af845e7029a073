import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { MACHINE_CONSOLES } from '../../../src/platform/machine/consoles.ts';
import { PLAIN_DIRECTORY } from '../../../src/service/records-storage.ts';
import { STATE_DIRECTORY } from '../../../src/service/warden/state-directory.ts';
import { MASTER_USER_ID } from '../../../src/service/warden/words.ts';

const OVERLAY = join(import.meta.dirname, '../../../overlay');

test('the image has the user that the stick is mounted for, and the unit runs as it', async () => {
  const users = await readFile(join(OVERLAY, 'usr/lib/sysusers.d/recon.conf'), 'utf8');
  assert.match(users, new RegExp(`^u recon-master ${MASTER_USER_ID} `, 'm'));
  const unit = await readFile(join(OVERLAY, 'usr/lib/systemd/system/recon-master.service'), 'utf8');
  assert.match(unit, /^User=recon-master$/m);
  assert.match(unit, new RegExp(`^RuntimeDirectory=${STATE_DIRECTORY.replace('/run/', '')}$`, 'm'));
  // the only place below /run where it may make a directory, and that a restart of it leaves alone
  assert.ok(PLAIN_DIRECTORY.startsWith(`${STATE_DIRECTORY}/`));
  for (const path of MACHINE_CONSOLES) assert.match(unit, new RegExp(`^DeviceAllow=${path} rw$`, 'm'));
  for (const recipe of ['debian-13', 'suse-leap-15.1']) {
    const script = await readFile(join(OVERLAY, '../recipes', recipe, 'config.sh'), 'utf8');
    assert.match(script, /^systemd-sysusers recon\.conf$/m);
  }
});

test('the master has no capability beside those of the network', async () => {
  const unit = await readFile(join(OVERLAY, 'usr/lib/systemd/system/recon-master.service'), 'utf8');
  const sets = [...unit.matchAll(/^(?:Ambient|CapabilityBounding)\w+=(.*)$/gm)].map(([, names]) => names);
  assert.deepEqual(sets, Array(2).fill('CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_RAW'));
});
