import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseKernelArguments } from '../../src/domain/kernel-arguments.ts';
import { decideRole, type Role } from '../../src/domain/role.ts';

const NET = 'root=live:http://bang/install/recon/recon.squashfs rd.live.image';
const MAC = '52:54:00:12:34:56';
const overNetwork = 'the root image came over the network';

const TABLE: ReadonlyArray<readonly [title: string, commandLine: string, bootDevice: string | undefined, role: Role]> = [
  ['a stick', 'root=live:/dev/recon/stick', '/dev/sda1', { role: 'master', bootDevice: '/dev/sda1', reason: 'booted from /dev/sda1' }],
  ['a CD', 'root=live:/dev/recon/stick', '/dev/sr0', { role: 'master', bootDevice: '/dev/sr0', reason: 'booted from /dev/sr0' }],
  [
    'the network, pxeaddr and BOOTIF',
    `${NET} pxeaddr=10.77.0.1 BOOTIF=01-52-54-00-12-34-56`,
    undefined,
    { role: 'peer', masterUrl: 'http://10.77.0.1', bootMac: MAC, reason: overNetwork },
  ],
  [
    'the network without pxeaddr: the host of the root image',
    `${NET} BOOTIF=52:54:00:12:34:56`,
    undefined,
    { role: 'peer', masterUrl: 'http://bang', bootMac: MAC, reason: overNetwork },
  ],
  [
    'a port in the root URL is kept',
    'root=live:https://192.0.2.7:8080/r.squashfs',
    undefined,
    { role: 'peer', masterUrl: 'http://192.0.2.7:8080', bootMac: undefined, reason: overNetwork },
  ],
  [
    'an IPv6 pxeaddr needs brackets',
    `${NET} pxeaddr=fd00::1`,
    undefined,
    { role: 'peer', masterUrl: 'http://[fd00::1]', bootMac: undefined, reason: overNetwork },
  ],
  [
    'a pxeaddr that iPXE left unexpanded is none',
    `${NET} pxeaddr=\${next-server}`,
    undefined,
    { role: 'peer', masterUrl: 'http://bang', bootMac: undefined, reason: overNetwork },
  ],
  [
    'a BOOTIF that cannot be read',
    `${NET} pxeaddr=10.77.0.1 BOOTIF=01-52-54`,
    undefined,
    { role: 'peer', masterUrl: 'http://10.77.0.1', bootMac: undefined, reason: overNetwork },
  ],
  [
    'the network, with a stick of ours still in: the root image decides',
    `${NET} pxeaddr=10.77.0.1`,
    '/dev/sda1',
    { role: 'peer', masterUrl: 'http://10.77.0.1', bootMac: undefined, reason: overNetwork },
  ],
  [
    'TFTP needs pxeaddr',
    'root=live:tftp://10.77.0.1/r.squashfs',
    undefined,
    { role: 'undecided', reason: `${overNetwork}, but neither pxeaddr= nor root=live:http://… names a master` },
  ],
  [
    'a master by force, from the network',
    `${NET} recon.role=master`,
    undefined,
    { role: 'master', bootDevice: undefined, reason: 'recon.role=master' },
  ],
  [
    'a peer by force, from a stick',
    'root=live:/dev/recon/stick recon.role=peer pxeaddr=10.77.0.1',
    '/dev/sda1',
    { role: 'peer', masterUrl: 'http://10.77.0.1', bootMac: undefined, reason: 'recon.role=peer' },
  ],
  [
    'a peer by force without a master',
    'root=live:/dev/recon/stick recon.role=peer',
    '/dev/sda1',
    { role: 'undecided', reason: 'recon.role=peer, but neither pxeaddr= nor root=live:http://… names a master' },
  ],
  [
    'a role that there is not',
    'root=live:/dev/recon/stick recon.role=king',
    '/dev/sda1',
    { role: 'undecided', reason: 'recon.role=king is neither master nor peer' },
  ],
  [
    'the install mode of a stick',
    'root=live:/dev/recon/stick recon.install=1',
    '/dev/sda1',
    { role: 'installer', bootDevice: '/dev/sda1', reason: 'recon.install=1' },
  ],
  [
    'the install mode without a medium that could be copied',
    'root=live:/dev/recon/stick recon.install=1',
    undefined,
    { role: 'undecided', reason: 'recon.install=1, but this system did not boot from a stick or CD that could be copied' },
  ],
  [
    'a peer is not told to install by its command line',
    `${NET} recon.install=1`,
    '/dev/sda1',
    { role: 'undecided', reason: 'recon.install=1, but this system did not boot from a stick or CD that could be copied' },
  ],
  ['nothing at all', '', undefined, { role: 'undecided', reason: 'neither a boot medium nor a root image from the network was found' }],
];

for (const [title, commandLine, bootDevice, expected] of TABLE) {
  test(title, () => {
    assert.deepEqual(decideRole({ kernelArguments: parseKernelArguments(commandLine), bootDevice }), expected);
  });
}

test('a machine from a medium that has joined another master is a peer; no other is made one by it', () => {
  const roleOf = (commandLine: string, bootDevice: string | undefined): string =>
    decideRole({ kernelArguments: parseKernelArguments(commandLine), bootDevice, joinPort: MAC }).role;
  assert.deepEqual(decideRole({ kernelArguments: new Map(), bootDevice: '/dev/sr0', joinPort: MAC }), {
    ...{ role: 'joiner', bootMac: MAC },
    reason: `booted from /dev/sr0, and another master serves at ${MAC}`,
  });
  assert.equal(roleOf(`${NET} pxeaddr=10.77.0.1`, undefined), 'peer');
  assert.equal(roleOf('recon.role=master', '/dev/sr0'), 'master');
  assert.equal(roleOf('recon.install=1', '/dev/sda1'), 'installer');
  assert.equal(roleOf('', undefined), 'undecided');
});
