import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Segment } from '../../../src/domain/network.ts';
import { addressHolder } from '../../../src/master/dhcp/own-address.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { neighbourOf } from '../../../src/platform/network/neighbours.ts';

const MAC = '52:54:00:00:00:01';
const SEGMENT = { interface: 'eno1', address: '192.168.9.250', prefixLength: 24, rangeFirst: '192.168.9.250', rangeLast: '192.168.9.250' };

test('an address belongs to a machine by our lease; by its hardware address only beside another server', async () => {
  const segments: Segment[] = [];
  const holds = addressHolder({
    leases: { addressOf: () => '10.77.1.1' },
    segments: () => segments,
    neighbour: async () => MAC,
  });
  assert.equal(await holds(MAC, '10.77.1.1'), true);
  assert.equal(await holds(MAC, '192.168.9.7'), false);
  assert.equal(await holds(MAC, '127.0.0.1'), true, 'it runs on this machine');
  segments.push(SEGMENT);
  assert.equal(await holds(MAC, '192.168.9.7'), false, 'we give the addresses there');
  segments.push({ ...SEGMENT, dhcp: 'proxy' });
  assert.equal(await holds(MAC, '192.168.9.7'), true);
  assert.equal(await holds('52:54:00:00:00:02', '192.168.9.7'), false);
  assert.equal(await holds(MAC, '192.168.8.7'), false, 'behind a router everybody has its hardware address');
});

test('the table of the kernel names who answered, and nobody who did not', async () => {
  await using directory = await temporaryDirectory('recon-arp-');
  const table = join(directory.path, 'arp');
  const head = 'IP address       HW type     Flags       HW address            Mask     Device\n';
  await writeFile(
    table,
    `${head}192.168.9.7      0x1         0x2         52:54:00:00:00:01     *        eno1\n192.168.9.8      0x1         0x0         00:00:00:00:00:00     *        eno1\n`,
  );
  assert.deepEqual(
    [await neighbourOf('192.168.9.7', table), await neighbourOf('192.168.9.8', table), await neighbourOf('192.168.9.9', table)],
    [MAC, undefined, undefined],
  );
});
