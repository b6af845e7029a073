import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DNSMASQ_CONF } from '../../../src/master/dhcp/dnsmasq/dnsmasq.ts';
import { MACHINE_CONSOLES } from '../../../src/platform/machine/consoles.ts';
import { INVENTORY_DIRECTORY } from '../../../src/service/inventory/part-directories.ts';
import { PEER_DIRECTORY, PEER_POST, PEER_USER_ID, WORKLOAD_ENVIRONMENT, WORKLOAD_SOCKET } from '../../../src/service/peer-warden/places.ts';
import { PLAIN_DIRECTORY } from '../../../src/service/records-storage.ts';
import { DNSMASQ_SOCKET } from '../../../src/service/warden/heard-unit.ts';
import { STATE_DIRECTORY } from '../../../src/service/warden/state-directory.ts';
import { MASTER_USER_ID } from '../../../src/service/warden/words.ts';
import { fileUnderTest } from '../../guarantees/file-under-test.ts';

const OVERLAY = join(import.meta.dirname, '../../../overlay');

test('the image has the user that the stick is mounted for, and the unit runs as it', async () => {
  const users = await readFile(join(OVERLAY, 'usr/lib/sysusers.d/recon.conf'), 'utf8');
  assert.match(users, new RegExp(`^u recon-master ${MASTER_USER_ID} `, 'm'));
  const unit = await readFile(join(OVERLAY, 'usr/lib/systemd/system/recon-master.service'), 'utf8');
  assert.match(unit, /^User=recon-master$/m);
  assert.match(users, /^u recon-dnsmasq 64077 /m);
  assert.match(await unitText('recon-dnsmasq'), /^User=recon-dnsmasq$/m);
  assert.match(unit, new RegExp(`^RuntimeDirectory=${STATE_DIRECTORY.replace('/run/', '')}$`, 'm'));
  // the only place below /run where it may make a directory, and that a restart of it leaves alone
  assert.ok(PLAIN_DIRECTORY.startsWith(`${STATE_DIRECTORY}/`));
  for (const path of MACHINE_CONSOLES) assert.match(unit, new RegExp(`^DeviceAllow=${path} rw$`, 'm'));
  for (const recipe of ['debian-13', 'suse-leap-15.1']) {
    const script = await readFile(join(OVERLAY, '../recipes', recipe, 'config.sh'), 'utf8');
    assert.match(script, /^systemd-sysusers$/m);
  }
});

for (const name of ['recon-master', 'recon-dnsmasq']) {
  test(`${name} has no capability beside those of the network`, async () => {
    const sets = [...(await unitText(name)).matchAll(/^(?:Ambient|CapabilityBounding)\w+=(.*)$/gm)].map(([, names]) => names);
    assert.deepEqual(sets, Array(2).fill('CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_RAW'));
  });
}

test('the warden has no network and no driver, whatever its number says', async () => {
  const unit = await unitText('recon');
  for (const line of [
    'PrivateNetwork=yes',
    'RestrictAddressFamilies=AF_UNIX',
    'CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_SYS_ADMIN',
  ])
    assert.ok(unit.includes(`\n${line}\n`), line);
});

test('dnsmasq of the unit reads what the master writes, and speaks where the warden listens', async () => {
  const unit = await unitText('recon-dnsmasq');
  assert.match(unit, new RegExp(`^ExecStart=/usr/sbin/dnsmasq --conf-file=${join(STATE_DIRECTORY, DNSMASQ_CONF)}$`, 'm'));
  assert.match(unit, new RegExp(`^StandardOutput=file:${DNSMASQ_SOCKET}$`, 'm'));
});

async function unitText(name: string): Promise<string> {
  return readFile(fileUnderTest(`overlay/usr/lib/systemd/system/${name}.service`), 'utf8');
}

test('the image has the user that a peer lives as, and the group that reads what root has captured', async () => {
  const users = await readFile(join(OVERLAY, 'usr/lib/sysusers.d/recon.conf'), 'utf8');
  assert.match(users, new RegExp(`^u recon-peer ${PEER_USER_ID} `, 'm'));
  // lldpd's socket is its group's
  for (const user of ['recon-master', 'recon-peer'])
    for (const group of ['recon-inventory', '_lldpd']) assert.match(users, new RegExp(`^m ${user} ${group}$`, 'm'));
  const peer = await unitText('recon-peer');
  assert.match(peer, /^User=recon-peer$/m);
  assert.match(peer, new RegExp(`^RuntimeDirectory=${PEER_DIRECTORY.replace('/run/', '')}$`, 'm'));
  assert.deepEqual(
    [...peer.matchAll(/^(?:Ambient|CapabilityBounding)\w+=(.*)$/gm)].map(([, names]) => names),
    ['CAP_NET_ADMIN', 'CAP_NET_ADMIN'],
  );
  for (const path of MACHINE_CONSOLES) assert.match(peer, new RegExp(`^DeviceAllow=${path} rw$`, 'm'));
  for (const name of ['recon-inventory', 'recon-brought']) {
    const unit = await unitText(name);
    assert.match(unit, new RegExp(`^RuntimeDirectory=${INVENTORY_DIRECTORY.replace('/run/', '')}$`, 'm'));
    assert.match(unit, /^Group=recon-inventory$/m);
  }
});

test('what reads the hardware as root has no network and passes no rights by, whatever its number says', async () => {
  const unit = await unitText('recon-inventory');
  for (const line of ['PrivateNetwork=yes', 'IPAddressDeny=any', 'CapabilityBoundingSet=CAP_MKNOD CAP_SYS_ADMIN CAP_SYS_RAWIO'])
    assert.ok(unit.includes(`\n${line}\n`), line);
});

test("a workload of the operator's own is started where the peer has unpacked it, and speaks where the warden listens", async () => {
  const unit = await unitText('recon-workload');
  assert.ok(unit.includes(`\nExecStart=${PEER_POST}/run\n`));
  assert.ok(unit.includes(`\nEnvironmentFile=${WORKLOAD_ENVIRONMENT}\n`));
  assert.ok(unit.includes(`\nStandardOutput=file:${WORKLOAD_SOCKET}\n`));
});
