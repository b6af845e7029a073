import assert from 'node:assert/strict';
import { chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { auditLog } from '../../../src/pool/audit/audit-log.ts';
import { openPeople } from '../../../src/pool/people/people.ts';
import { addUser, ownUsers, removeUser } from '../../../src/pool/remote/own-users.ts';

test('a new user gets a link of the head, by which the password is set; the audit says who may what', async () => {
  await using directory = await temporaryDirectory('recon-users-');
  const files = { users: join(directory.path, 'users.yaml'), state: directory.path };
  await writeFile(join(directory.path, 'people-side.json'), '{"url":"https://192.0.2.10:8443/","fingerprint":"AB"}\n');
  const link = await addUser(files, { name: 'ada', role: 'operator', groups: 'rack1, rack2' });
  const [, secret = ''] = /^https:\/\/192\.0\.2\.10:8443\/#setup=(\S+)$/.exec(link) ?? [];
  const people = openPeople({ file: files.users, now: () => new Date(), nowMs: () => 0 });
  assert.deepEqual(await people.setUp(secret, 'four words in a row', 'x'), { name: 'ada', role: 'operator', groups: ['rack1', 'rack2'] });
  assert.deepEqual(await ownUsers(files), [{ name: 'ada', role: 'operator', groups: ['rack1', 'rack2'], hasPassword: true }]);
  await removeUser(files, 'ada');
  await assert.rejects(removeUser(files, 'ada'), { code: 'not-found' });
  const audit = await auditLog(join(directory.path, 'audit.jsonl'), { now: () => new Date() }).read();
  assert.deepEqual(
    audit.map(({ who, what }) => [who, what]),
    [
      ['root', 'user ada is operator, for rack1, rack2, with a new set-up link'],
      ['root', 'user ada is taken away'],
    ],
  );
});

test('a name that is none is refused, and nothing is written', async () => {
  await using directory = await temporaryDirectory('recon-users-');
  const files = { users: join(directory.path, 'users.yaml'), state: directory.path };
  await assert.rejects(addUser(files, { name: 'Ada', role: 'admin' }), { code: 'usage' });
  await assert.rejects(addUser(files, { name: 'ada', role: 'admin', groups: 'Rack 1' }), { code: 'usage' });
  assert.deepEqual(await ownUsers(files), []);
});

test('what root writes stays the file of the head, which is a user of its own', {
  skip: process.geteuid?.() === 0 ? false : 'needs root',
}, async () => {
  await using directory = await temporaryDirectory('recon-users-');
  const files = { users: join(directory.path, 'etc/users.yaml'), state: join(directory.path, 'state') };
  await mkdir(files.state);
  await chown(files.state, 4711, 4712);
  await addUser(files, { name: 'ada', role: 'admin' });
  for (const path of [files.users, join(files.state, 'audit.jsonl')]) {
    const { uid, gid, mode } = await stat(path);
    assert.deepEqual([uid, gid, mode & 0o777], [4711, 4712, 0o600], path);
  }
});
