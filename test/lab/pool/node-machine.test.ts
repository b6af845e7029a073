import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabImageVersion } from '../../../src/lab/pool/folder.ts';
import { findNodeTrouble, type InsideNode } from '../../../src/lab/pool/node-machine.ts';
import { NODES } from '../../../src/lab/pool/plan.ts';

const ROOT = 'a'.repeat(64);
const image = {
  name: 'compute-debian-13',
  version: 3,
  manifest: { kernelRelease: '6.12.1-amd64', files: { 'root.sqfs': { sizeBytes: 1, sha256: ROOT } } },
} as unknown as LabImageVersion;
const seen = { mac: NODES.bios.mac, address: NODES.bios.address, kernelRelease: '6.12.1-amd64' };
const inside: InsideNode = {
  ...{ release: '6.12.1-amd64', name: 'node-000', image: 'compute-debian-13@3', wantedSha256: ROOT, rootSha256: ROOT },
  availableMiB: 60,
  failedUnits: [],
};

test('a node that runs what it was told to gives no finding', () => {
  assert.deepEqual(findNodeTrouble(NODES.bios, image, seen, inside), []);
});

test('another kernel, root, image, name or address is found', () => {
  const rows: readonly (readonly [Partial<InsideNode>, RegExp])[] = [
    [{ release: '6.1.0' }, /kernel is 6\.1\.0, and should be 6\.12\.1-amd64/],
    [{ image: 'compute-debian-13@2' }, /image is compute-debian-13@2/],
    [{ name: 'node-001' }, /name is node-001, and should be node-000/],
    [{ failedUnits: ['ssh.service', 'x.mount'] }, /failed units is ssh\.service x\.mount, and should be nothing/],
    [{ rootSha256: undefined }, /hash of the root in its RAM is nothing/],
    [{ wantedSha256: 'b'.repeat(64) }, /hash of the root that it was told is b+/],
  ];
  for (const [change, expected] of rows) {
    const findings = findNodeTrouble(NODES.bios, image, seen, { ...inside, ...change });
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', expected);
  }
  assert.match(findNodeTrouble(NODES.bios, image, { ...seen, address: '10.10.200.7' }, inside)[0] ?? '', /address is 10\.10\.200\.7/);
});
