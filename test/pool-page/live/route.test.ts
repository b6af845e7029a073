import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setUpUrl } from '../../../src/pool/public/first-link.ts';
import { nodeHash, poolRouteOf, revisionHash } from '../../../src/pool-page/live/route.ts';

test('the address names a view; the link of the head leads to the password', () => {
  assert.deepEqual(poolRouteOf(nodeHash('node-000')), { page: 'node', name: 'node-000' });
  assert.deepEqual(poolRouteOf(revisionHash(12)), { page: 'revision', revision: 12 });
  assert.deepEqual(poolRouteOf('#/images'), { page: 'images' });
  for (const page of ['people', 'own'] as const) assert.deepEqual(poolRouteOf(`#/${page}`), { page });
  for (const hash of ['', '#/', '#/node/', '#/node/A', '#/history/0', '#/else'])
    assert.deepEqual(poolRouteOf(hash), { page: 'nodes' }, hash);
  assert.deepEqual(poolRouteOf(new URL(setUpUrl('https://head/', 'a_B-9')).hash), { page: 'set-up', link: 'a_B-9' });
});
