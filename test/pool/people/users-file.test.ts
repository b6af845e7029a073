import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { changeUsers, readUsers } from '../../../src/pool/people/users-file.ts';

test('no file is nobody; a change keeps comments, and writers take turns', async () => {
  await using directory = await temporaryDirectory('recon-users-');
  const path = join(directory.path, 'below/users.yaml');
  assert.deepEqual(await readUsers(path), { users: {}, tokens: {} });
  await changeUsers(path, () => [[['users', 'ada'], { role: 'admin' }]]);
  await writeFile(path, `# who is who\n${await readFile(path, 'utf8')}`);
  const names = Array.from({ length: 8 }, (_, at) => `user-${at}`);
  await Promise.all(names.map((name) => changeUsers(path, () => [[['users', name], { role: 'viewer' }]])));
  assert.deepEqual(Object.keys((await readUsers(path)).users).sort(), ['ada', ...names]);
  assert.match(await readFile(path, 'utf8'), /^# who is who\n/);
});

test('what a change makes of the file must be understood, or nothing is written', async () => {
  await using directory = await temporaryDirectory('recon-users-');
  const path = join(directory.path, 'users.yaml');
  await changeUsers(path, () => [[['users', 'ada'], { role: 'admin' }]]);
  const before = await readFile(path, 'utf8');
  await assert.rejects(
    changeUsers(path, () => [[['users', 'ada', 'role'], 'root']]),
    { code: 'usage' },
  );
  await assert.rejects(
    changeUsers(path, () => {
      throw new Error('not this one');
    }),
    /not this one/,
  );
  const halfHash = changeUsers(path, () => [[['users', 'ada', 'password'], 'scrypt$32768$8']]);
  await assert.rejects(halfHash, /users\.yaml line \d: .*a hash of a password/);
  assert.equal(await readFile(path, 'utf8'), before);
  await changeUsers(path, () => [[['users', 'ada', 'role'], 'viewer']]);
  assert.equal((await readUsers(path)).users['ada']?.role, 'viewer');
});
