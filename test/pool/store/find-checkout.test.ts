import assert from 'node:assert/strict';
import { chown, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { findCheckout } from '../../../src/pool/store/find-checkout.ts';

const [OWNER, OTHER] = [4242, 4243];

test('a work tree is found at the folder or above it; without one there is none', async () => {
  await using directory = await temporaryDirectory('recon-checkout-');
  const top = await realpath(directory.path);
  const folder = join(top, 'site/pool');
  await mkdir(folder, { recursive: true });
  assert.equal(await findCheckout(folder), undefined);
  await mkdir(join(top, '.git'));
  assert.deepEqual(await findCheckout(folder), { top, isTrusted: true });
  await mkdir(join(top, 'etc'));
  await symlink(folder, join(top, 'etc/pool'));
  await mkdir(join(folder, '.git'));
  assert.equal((await findCheckout(join(top, 'etc/pool')))?.top, folder, 'a link into a checkout');
  assert.equal((await findCheckout(folder))?.top, folder);
});

test("etckeeper's work tree is not the pool's", async () => {
  await using directory = await temporaryDirectory('recon-checkout-');
  const folder = join(directory.path, 'recon');
  await mkdir(join(directory.path, '.git'));
  await mkdir(folder);
  await writeFile(join(directory.path, '.etckeeper'), '');
  assert.equal(await findCheckout(folder), undefined);
});

test('what another user owns, or what names a repository elsewhere, is not trusted: its configuration runs programs', async () => {
  await using directory = await temporaryDirectory('recon-checkout-');
  const git = join(directory.path, '.git');
  await mkdir(git);
  // who is not root cannot give it away: it is then looked at as another user
  if (process.getuid?.() === 0) await chown(git, OWNER, OWNER);
  assert.equal((await findCheckout(directory.path, OTHER))?.isTrusted, false);
  await rm(git, { recursive: true });
  await writeFile(git, 'gitdir: /srv/pool.git\n');
  assert.equal((await findCheckout(directory.path))?.isTrusted, false);
});
