import assert from 'node:assert/strict';
import promises from 'node:fs/promises';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { giveToUser } from '../../../src/platform/files/give-to-user.ts';
import { giveToOwnerOf } from '../../../src/platform/files/owner-of.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

/** What was given to whom; who is no root can give nothing away. */
function given(t: TestContext): unknown[][] {
  const calls: unknown[][] = [];
  replaceBuiltin(t, 'chown', async (path: string, uid: number, gid: number) => {
    if (path === 'missing') throw systemError('ENOENT');
    if (path === 'refused') throw systemError('EPERM');
    calls.push([path, uid, gid]);
  });
  return calls;
}

it('gives what is there to a user and the group of that number', async (t) => {
  const calls = given(t);
  await giveToUser(1234, ['a', 'missing', 'b']);
  assert.deepEqual(calls, [
    ['a', 1234, 1234],
    ['b', 1234, 1234],
  ]);
  await assert.rejects(giveToUser(1234, ['refused']), { code: 'EPERM' });
});

it('gives what is there to who owns another path', async (t) => {
  await using directory = await temporaryDirectory('recon-owners-');
  const calls = given(t);
  const { stat } = promises;
  replaceBuiltin(t, 'stat', async (path: string) => Object.assign(await stat(path), { uid: 1234, gid: 5678 }));
  await giveToOwnerOf(directory.path, ['a', 'missing', 'b']);
  assert.deepEqual(calls, [
    ['a', 1234, 5678],
    ['b', 1234, 5678],
  ]);
  await assert.rejects(giveToOwnerOf(directory.path, ['refused']), { code: 'EPERM' });
  await assert.rejects(giveToOwnerOf(join(directory.path, 'none'), []), { code: 'ENOENT' });
});
