import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

test('a version is taken away with a line in the audit; who runs it is told to the store of images, by the image of their profile', async (t) => {
  const asked: unknown[] = [];
  const images = {
    list: async () => [{ name: 'debian', version: 3 }],
    trouble: async () => undefined,
    remove: async (image: object, _pool: unknown, running: readonly string[]) => void asked.push([image, running]),
  };
  const { ask, tokenOf, audit } = await poolRig(t, { images });
  const token = await tokenOf('admin');
  assert.deepEqual((await ask('DELETE', '/images/debian/3', { token })).json, { removed: 'debian@3' });
  assert.deepEqual((await ask('DELETE', '/images/failsafe/1', { token })).json, { removed: 'failsafe@1' });
  // node-000 says `failsafe@1`, which is the image of that name
  assert.deepEqual(asked, [
    [{ name: 'debian', version: 3 }, []],
    [{ name: 'failsafe', version: 1 }, ['node-000']],
  ]);
  assert.equal((await audit.read()).at(-1)?.what, 'image failsafe@1 is taken away');
  assert.equal((await ask('DELETE', '/images/debian/x', { token })).status, 400);
  assert.equal((await ask('DELETE', '/images/..%2fx/3', { token })).status, 400);
});
