import assert from 'node:assert/strict';
import promises, { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { definedOnly } from '../../../src/domain/values/defined-only.ts';
import { directoryMedium, type MediumTrouble } from '../../../src/master/medium/medium.ts';
import { watchMedium } from '../../../src/master/medium/medium-watch.ts';
import { storageTrouble } from '../../../src/master/medium/trouble-words.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';

/** A watch over a directory, whose medium does what a test says; it looks only when it is told to. */
async function watching(t: TestContext, mayReopen?: () => boolean) {
  const directory = await temporaryDirectory('recon-medium-');
  t.after(() => directory[Symbol.asyncDispose]());
  await mkdir(join(directory.path, 'records'));
  const told: string[] = [];
  const state = {
    seen: undefined as MediumTrouble | undefined,
    reopen: async (): Promise<void> => {},
    sync: async (): Promise<void> => {},
  };
  const watch = watchMedium({
    dataDirectory: directory.path,
    medium: { look: async () => state.seen, reopen: () => state.reopen() },
    sync: () => state.sync(),
    onTrouble: ({ fault }) => told.push(fault),
    onBack: async () => void told.push('back'),
    lookMs: 2 ** 30,
    ...definedOnly({ mayReopen }),
  });
  t.after(() => watch.stop());
  return { watch, told, state, root: directory.path };
}

const failing = (code: string, path?: string) => async (): Promise<never> => {
  throw Object.assign(systemError(code), path === undefined ? {} : { path });
};

it('says of each failure that is of the medium what it is, refuses everything from then on, and says it once', async (t) => {
  for (const [code, fault, sentence] of [
    ['EROFS', 'read-only', 'the stick is read-only: nothing is stored (EROFS)'],
    ['EIO', 'failing', 'the stick fails: nothing is stored (EIO)'],
    ['ENODEV', 'gone', 'the stick is gone: nothing is stored (ENODEV)'],
  ] as const) {
    const { watch, told } = await watching(t);
    await assert.rejects(watch.guard(failing(code)), { code: 'medium-failed', httpStatus: 503, message: sentence });
    let isCalled = false;
    const work = watch.guard(async () => {
      isCalled = true;
    });
    await assert.rejects(work, { code: 'medium-failed', message: sentence });
    assert.equal(isCalled, false);
    assert.deepEqual([told, watch.trouble?.fault], [[fault], fault]);
    if (fault === 'gone') assert.throws(watch.requireThere, { code: 'medium-failed' });
    else watch.requireThere();
  }
});

it('leaves other failures as they are, and a full medium can still be read', async (t) => {
  const { watch, told, root } = await watching(t);
  await assert.rejects(watch.guard(failing('ENOSPC')), { code: 'disk-full' });
  await assert.rejects(watch.guard(failing('ENOENT', join(root, 'x'))), { code: 'ENOENT' });
  const own = new ReconError('body-malformed', 'no', { cause: systemError('EIO') });
  await assert.rejects(
    watch.guard(async () => {
      throw own;
    }),
    own,
  );
  watch.require();
  assert.deepEqual(told, []);
});

it('a stick that is gone is not taken for one without room', async (t) => {
  const { watch, state } = await watching(t);
  const refuse = async (): Promise<never> => {
    throw new ReconError('capture-left-out', 'nearly full');
  };
  await assert.rejects(watch.guard(refuse), { code: 'capture-left-out' });
  state.seen = { fault: 'gone', reason: 'it is not mounted' };
  await assert.rejects(watch.guard(refuse), { code: 'medium-failed' });
});

it('takes a directory that is not there any more for a medium that is gone, and one elsewhere for nothing', async (t) => {
  const { watch, state, root } = await watching(t);
  state.seen = { fault: 'gone', reason: 'it is not mounted' };
  assert.equal((await watch.explain(systemError('ENOENT'))) instanceof ReconError, false);
  await assert.rejects(watch.guard(failing('ENOENT', join(root, 'records/x'))), { message: /^the stick is gone.*it is not mounted/ });
});

it('a sync that fails, and a file that reads back otherwise, are a medium that fails', async (t) => {
  const first = await watching(t);
  first.state.sync = failing('unknown');
  await assert.rejects(first.watch.sync(), { code: 'medium-failed' });
  assert.equal(first.watch.trouble?.fault, 'failing');
  const second = await watching(t);
  await assert.rejects(
    second.watch.guard(async () => {
      throw new ReconError('verify-failed', 'read back otherwise');
    }),
    { code: 'medium-failed', message: /read back otherwise/ },
  );
});

it('sees trouble that nobody ran into', async (t) => {
  const { watch, told, state } = await watching(t);
  await watch.check();
  assert.deepEqual(told, []);
  state.seen = { fault: 'read-only', reason: 'mounted read-only' };
  await watch.check();
  assert.deepEqual(told, ['read-only']);
});

it('goes on by itself when the medium is back, and not before a write reached it', async (t) => {
  const { watch, told, state, root } = await watching(t);
  await assert.rejects(watch.guard(failing('EIO')));
  state.reopen = failing('it is not plugged in');
  await watch.check();
  assert.match(watch.trouble?.reason ?? '', /it is not plugged in/);
  state.reopen = async () => {};
  state.sync = failing('EROFS');
  await watch.check();
  assert.equal(watch.trouble?.fault, 'read-only');
  state.sync = async () => {};
  await watch.check();
  assert.equal(watch.trouble, undefined);
  assert.equal(await watch.guard(async () => 'stored'), 'stored');
  assert.deepEqual(told, ['failing', 'read-only', 'back']);
  assert.deepEqual(await readdir(root), ['records']);
});

it('what to try is told of another stick in its place, on each screen and once on the console', async (t) => {
  const { watch, told, state } = await watching(t);
  state.seen = { fault: 'gone', reason: '/dev/sdb3 is not there any more' };
  await watch.check();
  const refuse = (reason: string, hint?: string) => async (): Promise<never> => {
    throw new ReconError('medium-failed', reason, hint === undefined ? {} : { hint });
  };
  state.reopen = refuse('it is not plugged in');
  await watch.check();
  assert.deepEqual(watch.trouble, state.seen);
  assert.match(storageTrouble({ medium: watch.trouble, isShort: false, shortage: undefined })?.hint ?? '', /^Plug it in again\./);
  state.reopen = refuse('/dev/sdc3 is another stick', 'Plug in the one that was in before.');
  for (let times = 0; times < 2; times += 1) await watch.check();
  assert.deepEqual(watch.trouble, { fault: 'gone', reason: '/dev/sdc3 is another stick', hint: 'Plug in the one that was in before.' });
  const words = storageTrouble({ medium: watch.trouble, isShort: false, shortage: undefined });
  assert.match(words?.hint ?? '', /^Plug in the one that was in before\. Machines keep their records and try again\.$/);
  await assert.rejects(
    watch.guard(async () => {}),
    { message: 'the stick is gone: nothing is stored (/dev/sdc3 is another stick)', hint: words?.hint },
  );
  assert.deepEqual(told, ['gone', 'gone']);
  state.reopen = refuse('it is not plugged in');
  await watch.check();
  assert.deepEqual([watch.trouble, told.length], [state.seen, 2]);
});

it('nothing is unmounted before the master has opened what is on it', async (t) => {
  let isOpen = false;
  const { watch, state } = await watching(t, () => isOpen);
  await assert.rejects(watch.guard(failing('EIO')));
  await watch.check();
  assert.equal(watch.trouble?.fault, 'failing');
  isOpen = true;
  state.reopen = async () => {};
  await watch.check();
  assert.equal(watch.trouble, undefined);
});

it('a medium that comes back without room is back: it can be read and sealed', async (t) => {
  const { watch, root } = await watching(t);
  const real = promises.open;
  replaceBuiltin(t, 'open', async (...args: Parameters<typeof real>) => {
    if (String(args[0]).endsWith('/.recon-probe')) throw systemError('ENOSPC');
    return real(...args);
  });
  await assert.rejects(watch.guard(failing('EIO')));
  await watch.check();
  assert.equal(watch.trouble, undefined);
  assert.deepEqual(await readdir(root), ['records']);
});

it('of a plain directory it knows whether it is there', async (t) => {
  const { root } = await watching(t);
  const medium = directoryMedium(root);
  assert.equal(await medium.look(), undefined);
  await rm(root, { recursive: true });
  assert.equal((await medium.look())?.fault, 'gone');
  await assert.rejects(medium.reopen(), /ENOENT/);
});
