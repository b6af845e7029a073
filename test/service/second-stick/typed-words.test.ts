import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondStickWords } from '../../../src/service/second-stick/typed-words.ts';

function words(storage: 'stick' | 'ram', isThere = true) {
  const did: string[] = [];
  const typed = secondStickWords({
    storage,
    warden: {
      lookForSecondStick: async () => {
        did.push('look');
        return { isThere, words: isThere ? '/dev/sdc (32 GB). On it: nothing' : 'no USB stick is plugged in' };
      },
      takeRecords: async () => {
        did.push('take');
        return {
          words: '/dev/sdc (32 GB). On it: nothing',
          files: [{ name: 'recon-hall-3.tar.gz', sizeBytes: 5_000_000, sha256: 'ab12', wasThere: false }],
        };
      },
    },
    seal: async () => {
      did.push('seal');
      return { name: 'recon-hall-3.tar.gz', path: '/x', sizeBytes: 1, sha256: 'ab12', machines: 7 };
    },
    code: 'K7M2Q-9XWZ4',
  });
  return { typed, did };
}

test('take shows and writes nothing; write makes the tarball of what there is now, and then copies it', async () => {
  const { typed, did } = words('ram');
  assert.deepEqual(await typed.take(), [
    '/dev/sdc (32 GB). On it: nothing',
    'Nothing that is on it is changed. Type write to put the tarball there.',
  ]);
  assert.deepEqual(did, ['look']);
  assert.deepEqual(await typed.write(), [
    'recon-hall-3.tar.gz was written and read back: 5 MB, sha256 ab12',
    '7 machines; the code of this visit is K7M2Q-9XWZ4. /dev/sdc (32 GB)',
    'SAFE TO PULL THIS STICK now.',
  ]);
  assert.deepEqual(did, ['look', 'seal', 'take']);
});

test('without a stick the reason is all', async () =>
  assert.deepEqual(await words('ram', false).typed.take(), ['no USB stick is plugged in']));

test('a master with a stick of its own takes nothing anywhere', async () => {
  const { typed, did } = words('stick');
  for (const said of [await typed.take(), await typed.write()]) assert.match(said.join(), /on the stick of this machine already/);
  assert.deepEqual(did, []);
});
