import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { NETWORK_DIRECTORY, portNetwork } from '../../../src/service/join/port-network.ts';

const SCRIPT = join(import.meta.dirname, '../../../overlay/usr/lib/dracut/modules.d/99recon/parse-recon.sh');
const CONDITION = join(import.meta.dirname, '../../../overlay/etc/systemd/system/systemd-networkd.service.d/recon.conf');

test('networkd is told the same as by the initrd of a peer from the network', async () => {
  await using directory = await temporaryDirectory('recon-port-');
  const script = (await readFile(SCRIPT, 'utf8'))
    .replaceAll('/run/', `${directory.path}/`)
    .replaceAll('/etc/hosts', `${directory.path}/hosts`);
  const own = script.slice(0, script.indexOf('recon_master='));
  const argument = 'getarg() { [ "$1" = BOOTIF= ] && echo 01-52-54-00-AA-BB-CC; }';
  await runOk(['sh', '-c', `${argument}\n${own}\nrecon_boot_interface\nrecon_other_ports`], { timeoutMs: 30_000 });
  const files = portNetwork('52:54:00:aa:bb:cc');
  assert.equal(Object.keys(files).length, 2);
  for (const [name, text] of Object.entries(files))
    assert.equal(text, await readFile(join(directory.path, 'systemd/network', name), 'utf8'), name);
});

test('its unit starts where the first of the files is', async () => {
  const [first] = Object.keys(portNetwork('52:54:00:aa:bb:cc'));
  assert.match(await readFile(CONDITION, 'utf8'), new RegExp(`^ConditionPathExists=${NETWORK_DIRECTORY}/${first}$`, 'm'));
});
