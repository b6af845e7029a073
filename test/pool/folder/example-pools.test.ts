import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { poolFromFiles } from '../../../src/pool/folder/parse-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../../recipes/pool');
const FREEIPA = join(EXAMPLES, 'freeipa/files/freeipa-client.sh');

test('each example is a pool, and each script in it one that a shell reads', async () => {
  const examples = await readdir(EXAMPLES);
  assert.deepEqual(examples.sort(), ['ansible-pull', 'freeipa', 'puppet']);
  for (const example of examples) {
    const all = (await readdir(join(EXAMPLES, example), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const paths = all.map(({ parentPath, name }) => join(parentPath, name));
    const texts = await Promise.all(
      paths.map(async (path) => [path.slice(join(EXAMPLES, example).length + 1), await readFile(path, 'utf8')] as const),
    );
    const outcome = poolFromFiles(new Map(texts.filter(([path]) => path.endsWith('.yaml'))));
    assert.equal(outcome.outcome, 'ok', JSON.stringify(outcome));
    for (const [profile, { kind, ...more }] of outcome.outcome === 'ok' ? outcome.pool.profiles : []) {
      if (!profile.startsWith('compute-')) continue;
      assert.ok(kind === 'compute' && 'firstBoot' in more, profile);
      const script = 'script' in (more.firstBoot ?? {}) ? (more.firstBoot as { script: string }).script : undefined;
      assert.ok(script === undefined || texts.some(([path]) => path === `files/${script}`), `${profile} names ${script}`);
    }
    for (const path of paths.filter((one) => one.endsWith('.sh'))) {
      assert.equal((await run(['sh', '-n', path], { timeoutMs: 60_000 })).status, 'ok', path);
      assert.notEqual((await stat(path)).mode & 0o100, 0, `${path} is a program`);
    }
  }
});

test('FreeIPA: the first boot joins by password, each later one by the keytab of the one before, and none without either', async () => {
  await using directory = await temporaryDirectory('recon-freeipa-');
  const root = directory.path;
  for (const path of ['bin', 'etc/recon', 'var/lib/freeipa-host']) await mkdir(join(root, path), { recursive: true });
  await writeFile(
    join(root, 'etc/recon/freeipa.conf'),
    await readFile(join(EXAMPLES, 'freeipa/files/profile/compute-freeipa/etc/recon/freeipa.conf')),
  );
  const programs = { hostname: 'echo node-000', 'ipa-client-install': `echo "$@"; echo key-$KEY > ${root}/etc/krb5.keytab` };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(join(root, 'bin', name), 0o755);
  }
  const boot = (key: string) =>
    run(['sh', FREEIPA], { timeoutMs: 60_000, environment: { RECON_ROOT: root, KEY: key, PATH: `${join(root, 'bin')}:/usr/bin:/bin` } });
  const kept = join(root, 'var/lib/freeipa-host/krb5.keytab');
  const refused = await boot('0');
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr.toString(), /neither a keytab of an earlier boot .* nor a password/);
  await writeFile(join(root, 'etc/recon/freeipa-password'), 'once-only\n');
  const [first, second] = [await boot('1'), await boot('2')];
  assert.match(
    first.stdout.toString(),
    / --realm CLUSTER\.INTERNAL --hostname node-000\.cluster\.internal --password once-only$/,
    first.stderr.toString(),
  );
  assert.match(second.stdout.toString(), new RegExp(` --keytab ${kept}$`), second.stderr.toString());
  assert.deepEqual([await readFile(kept, 'utf8'), (await stat(kept)).mode & 0o777], ['key-2\n', 0o600]);
  await assert.rejects(stat(join(root, 'etc/recon/freeipa-password')), 'it was for once');
});
