import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageUses } from '../../../src/pool-page/images/image-uses.ts';
import { nodeView } from '../nodes.ts';

test('who runs a version and who boots it next, in the words of profiles', () => {
  const uses = imageUses({
    profiles: {
      compute: { kind: 'compute', image: 'debian@3', root: 'squashfs', disks: 'read-only' },
      gpu: { kind: 'compute', image: 'debian', root: 'squashfs', disks: 'read-only' },
      failsafe: { kind: 'failsafe' },
    },
    images: [...[3, 4].map((version) => ({ name: 'debian', version })), { name: 'failsafe', version: 1 }],
    nodes: [
      nodeView('a', { seen: { mac: '', runs: 'compute@3' }, wouldRun: 'gpu@4' }),
      nodeView('b', { seen: { mac: '', runs: 'gpu@4' }, wouldRun: 'gpu@4' }),
      nodeView('c', { seen: { mac: '', runs: 'failsafe@1' }, wouldRun: 'local-disk' }),
      nodeView('d', { seen: { mac: '', runs: 'gone@9' }, wouldRun: 'compute@5' }),
    ],
  });
  assert.deepEqual(
    uses.map(({ image, running, next }) => [image.version, running, next]),
    [
      [4, ['b'], ['a', 'b']],
      [3, ['a'], []],
      [1, ['c'], []],
    ],
  );
});
