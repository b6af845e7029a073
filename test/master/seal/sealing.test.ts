import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { startSealing } from '../../../src/master/seal/sealing.ts';

const tarball = (name: string) => ({ name, path: `/x/${name}`, sizeBytes: 1, sha256: 'ab', machines: 1 });

it('seals by itself after a quiet time, once for all that changed', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const replaced: (string | undefined)[] = [];
  const sealing = startSealing({
    quietMs: 1000,
    build: async (replaces) => {
      replaced.push(replaces?.name);
      return tarball(`t${replaced.length}`);
    },
    onSealed: () => {},
    onFailed: (error) => assert.fail(String(error)),
  });
  sealing.changed();
  context.mock.timers.tick(999);
  sealing.changed();
  context.mock.timers.tick(999);
  assert.deepEqual(replaced, []);
  context.mock.timers.tick(1);
  await sealing.seal();
  assert.deepEqual(replaced, [undefined]);
  assert.equal(sealing.current?.name, 't1');
  sealing.changed();
  assert.equal(sealing.current, undefined);
  assert.equal(sealing.latest?.name, 't1');
  await sealing.stop();
  assert.deepEqual(replaced, [undefined, 't1']);
});

it('tries again after a failure, and says why', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const failures: unknown[] = [];
  let full = true;
  const sealing = startSealing({
    quietMs: 1000,
    build: async () => {
      if (full) throw new Error('full');
      return tarball('t');
    },
    onSealed: () => {},
    onFailed: (error) => failures.push(error),
  });
  await assert.rejects(sealing.seal());
  assert.equal(failures.length, 1);
  full = false;
  context.mock.timers.tick(1000);
  assert.equal((await sealing.seal()).name, 't');
});

it('offers a tarball without raw captures when there is no room for one with them, and makes it at the end', async () => {
  const kinds: string[] = [];
  let room: 'none' | 'little' | 'enough' = 'none';
  const sealing = startSealing({
    quietMs: 1_000_000,
    build: async (_replaces, kind) => {
      kinds.push(kind);
      if (room === 'none' || (room === 'little' && kind === 'whole')) throw new ReconError('disk-full', 'no room');
      return tarball(kind);
    },
    onSealed: () => {},
    onFailed: () => {},
  });
  await assert.rejects(sealing.seal(), { code: 'disk-full' });
  assert.equal(sealing.isShort, true);
  room = 'little';
  assert.equal((await sealing.seal('without-captures')).name, 'without-captures');
  assert.equal(sealing.isShort, true, 'there is still no room for one with them');
  room = 'enough';
  await sealing.seal();
  assert.equal(sealing.isShort, false);
  room = 'little';
  sealing.changed();
  await sealing.stop();
  assert.equal(sealing.current?.name, 'without-captures');
  assert.deepEqual(kinds, ['whole', 'without-captures', 'whole', 'whole', 'without-captures']);
});

it('makes one of each kind when both are asked for at once', async () => {
  const kinds: string[] = [];
  const sealing = startSealing({
    quietMs: 1_000_000,
    build: async (_replaces, kind) => {
      kinds.push(kind);
      return tarball(kind);
    },
    onSealed: () => {},
    onFailed: () => {},
  });
  const names = await Promise.all([sealing.seal(), sealing.seal('without-captures'), sealing.seal()]);
  assert.deepEqual(
    names.map(({ name }) => name),
    ['whole', 'without-captures', 'whole'],
  );
  assert.deepEqual(kinds, ['whole', 'without-captures']);
  await sealing.stop();
});

it('a record that comes while the last tarball is made is in one more', async () => {
  const made: string[] = [];
  const sealing = startSealing({
    quietMs: 1_000_000,
    build: async () => {
      if (made.length === 0) sealing.changed();
      made.push(`t${made.length + 1}`);
      return tarball(`t${made.length}`);
    },
    onSealed: () => {},
    onFailed: (error) => assert.fail(String(error)),
  });
  sealing.changed();
  await sealing.stop();
  assert.deepEqual(made, ['t1', 't2']);
  assert.equal(sealing.current?.name, 't2');
});

it('changes that never end do not keep a machine from switching off, nor does a seal that fails', async () => {
  let builds = 0;
  const restless = startSealing({
    quietMs: 1_000_000,
    build: async () => {
      builds += 1;
      restless.changed();
      return tarball(`t${builds}`);
    },
    onSealed: () => {},
    onFailed: (error) => assert.fail(String(error)),
  });
  restless.changed();
  await restless.stop();
  assert.equal(builds, 3);
  let tries = 0;
  const broken = startSealing({
    quietMs: 1_000_000,
    build: async () => {
      tries += 1;
      throw new Error('EIO');
    },
    onSealed: () => {},
    onFailed: () => {},
  });
  broken.changed();
  await broken.stop();
  assert.equal(tries, 1);
});

it('what was never sealed is sealed at the end, also where nothing came, and once', async () => {
  let built = 0;
  const sealing = startSealing({
    quietMs: 1000,
    build: async () => {
      built += 1;
      return tarball(`t${built}`);
    },
    onSealed: () => {},
    onFailed: (error) => assert.fail(String(error)),
  });
  await sealing.stop();
  assert.deepEqual([built, sealing.current?.name], [1, 't1']);
  await sealing.stop();
  assert.equal(built, 1);
});
