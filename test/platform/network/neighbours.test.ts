import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { neighbourOf } from '../../../src/platform/network/neighbours.ts';
import { replaceBuiltin } from '../files/replace-builtin.ts';

/** proc_net_arp(5), with the flags of linux/if_arp.h */
const TABLE = `IP address       HW type     Flags       HW address            Mask     Device
192.168.9.7      0x1         0x2         52:54:00:00:00:01     *        eno1
192.168.9.7      0x1         0x2         52:54:00:00:00:02     *        eno2
192.168.9.8      0x1         0x6         52:54:00:00:00:03     *        eno1
192.168.9.9      0x1         0x4         52:54:00:00:00:04     *        eno1
192.168.9.10     0x1         0x1         52:54:00:00:00:05     *        eno1
192.168.9.11     0x1         0x0         52:54:00:00:00:06     *        eno1
`;
const wanted: readonly [what: string, address: string, mac: string | undefined][] = [
  ['an entry that is complete, the first of several', '192.168.9.7', '52:54:00:00:00:01'],
  ['one that was entered for good', '192.168.9.8', '52:54:00:00:00:03'],
  ['one that is for good and not complete', '192.168.9.9', undefined],
  ['one with another flag', '192.168.9.10', undefined],
  ['one that nobody has answered for', '192.168.9.11', undefined],
  ['the begin of an address', '192.168.9.1', undefined],
];
for (const [what, address, mac] of wanted)
  test(`the hardware address behind ${what}: ${mac}`, async () => {
    await using directory = await temporaryDirectory('recon-arp-');
    const table = join(directory.path, 'arp');
    await writeFile(table, TABLE);
    assert.equal(await neighbourOf(address, table), mac);
  });

test('without a table nobody is known', async () => {
  assert.equal(await neighbourOf('192.168.9.7', '/nowhere/arp'), undefined);
});

test('the table is that of the kernel', async (t) => {
  replaceBuiltin(t, 'readFile', async (path: string) => Buffer.from(path === '/proc/net/arp' ? TABLE : ''));
  assert.equal(await neighbourOf('192.168.9.7'), '52:54:00:00:00:01');
});
