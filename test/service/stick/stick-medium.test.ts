import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mountOf } from '../../../src/service/stick/mount-of.ts';
import { type StickSigns, stickTrouble } from '../../../src/service/stick/signs.ts';
import { stickMedium } from '../../../src/service/stick/stick-medium.ts';

const SOUND: StickSigns = { device: '/dev/sdb3', isMountedReadOnly: false, isThere: true, isWriteProtected: false };

for (const [what, change, fault, reason] of [
  ['not mounted', { device: undefined, isThere: false }, 'gone', /not mounted/],
  ['pulled, and still mounted', { isThere: false }, 'gone', /\/dev\/sdb3 is not there any more/],
  ['its switch was moved', { isWriteProtected: true, isMountedReadOnly: true }, 'read-only', /write-protected/],
  ['mounted read-only', { isMountedReadOnly: true }, 'read-only', /mounted read-only/],
] as const)
  test(`a stick with trouble: ${what}`, () => {
    const trouble = stickTrouble({ ...SOUND, ...change });
    assert.equal(trouble?.fault, fault);
    assert.match(trouble?.reason ?? '', reason);
  });

test('a sound stick has no trouble', () => assert.equal(stickTrouble(SOUND), undefined));

test('the uppermost mount of a directory counts, and only that of a device', () => {
  const guard = 'no-stick /run/recon/data tmpfs ro,size=4k 0 0';
  const stick = '/dev/sdb3 /run/recon/data vfat rw,noatime 0 0';
  assert.deepEqual(mountOf(`${guard}\n${stick}\n`, '/run/recon/data'), { device: '/dev/sdb3', options: ['rw', 'noatime'] });
  assert.equal(mountOf(`${stick}\n${guard}\n`, '/run/recon/data'), undefined);
  assert.equal(mountOf(stick, '/run/recon'), undefined);
});

/** A stick that was in as sdb, and what was done to it. */
function setting() {
  const did: string[] = [];
  const state = {
    signs: SOUND,
    found: { found: true, device: '/dev/sdc3', disk: 'sdc' } as
      | { found: true; device: string; disk: string }
      | { found: false; reason: string; hint?: string },
    fails: undefined as string | undefined,
    nowMs: 0,
  };
  const medium = stickMedium({
    signs: async () => state.signs,
    find: async () => state.found,
    mount: async (device) => {
      did.push(`mount ${device}`);
      if (state.fails !== undefined) throw new Error(state.fails);
      state.signs = { ...SOUND, device };
    },
    unmount: async (how) => {
      did.push(`unmount ${how}`);
      state.signs = { ...SOUND, device: undefined };
    },
    nowMs: () => state.nowMs,
  });
  return { medium, state, did };
}

test('a stick that was pulled is let go although files are open, and mounted where it is now', async () => {
  const { medium, state, did } = setting();
  state.signs = { ...SOUND, isThere: false };
  await medium.reopen();
  assert.deepEqual(did, ['unmount lazy', 'mount /dev/sdc3']);
  assert.equal(await medium.look(), undefined);
});

test('one that is still there is unmounted as usual, so that nothing writes while it is repaired', async () => {
  const { medium, state, did } = setting();
  state.found = { found: true, device: '/dev/sdb3', disk: 'sdb' };
  await medium.reopen();
  assert.deepEqual(did, ['unmount plain', 'mount /dev/sdb3']);
});

test('while it is not found nothing is unmounted, and the reason is told', async () => {
  const { medium, state, did } = setting();
  state.signs = { ...SOUND, isThere: false };
  state.found = { found: false, reason: 'it is not plugged in' };
  await assert.rejects(medium.reopen(), { code: 'medium-failed', message: 'it is not plugged in', hint: undefined });
  const reason = '/dev/sdc3 is another stick of the same image';
  state.found = { found: false, reason, hint: 'Plug in the one that was in before.' };
  await assert.rejects(medium.reopen(), { code: 'medium-failed', message: reason, hint: 'Plug in the one that was in before.' });
  assert.equal((await medium.look())?.fault, 'gone');
  assert.deepEqual(did, []);
});

test('a stick that is in and cannot be mounted is no stick that is gone, and what to try is told', async () => {
  const { medium, state } = setting();
  state.signs = { ...SOUND, device: undefined };
  state.fails = 'no FAT file system';
  await assert.rejects(medium.reopen(), { hint: /^Pull it and plug it in again\./ });
  const reason = '/dev/sdc3 cannot be mounted again: no FAT file system';
  assert.deepEqual(await medium.look(), { fault: 'failing', reason });
  await assert.rejects(medium.reopen(), { message: reason, hint: /recon recover/ });
  state.found = { found: false, reason: 'it is not plugged in' };
  await assert.rejects(medium.reopen());
  assert.equal((await medium.look())?.fault, 'gone');
});

test('the same device is not repaired again at once, another one is', async () => {
  const { medium, state, did } = setting();
  state.signs = { ...SOUND, device: undefined };
  state.fails = 'no FAT file system';
  await assert.rejects(medium.reopen(), /\/dev\/sdc3 cannot be mounted again: no FAT file system/);
  state.nowMs = 4999;
  await assert.rejects(medium.reopen(), /no FAT file system/);
  assert.deepEqual(did, ['mount /dev/sdc3']);
  state.nowMs = 5000;
  await assert.rejects(medium.reopen());
  state.nowMs = 14_999;
  await assert.rejects(medium.reopen());
  assert.equal(did.length, 2);
  state.found = { found: true, device: '/dev/sdd3', disk: 'sdd' };
  state.fails = undefined;
  await medium.reopen();
  assert.equal(did.at(-1), 'mount /dev/sdd3');
});
