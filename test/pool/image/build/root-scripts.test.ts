import assert from 'node:assert/strict';
import { chmod, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../../../src/platform/process/command.ts';

import { RunReport } from '../../../../src/pool/history/watched-machine.ts';

const FILES = join(import.meta.dirname, '../../../../recipes/images/every-root/files');

async function program(directory: string, name: string, text: string): Promise<void> {
  await writeFile(join(directory, name), `#!/bin/sh\n${text}\n`);
  await chmod(join(directory, name), 0o755);
}

test('first boot runs the script, Ansible and Puppet that config.tar names, and fails when one of them does', async () => {
  await using bin = await temporaryDirectory('recon-first-');
  const [conf, said] = [join(bin.path, 'conf'), join(bin.path, 'said')];
  for (const name of ['ansible-pull', 'mine']) await program(bin.path, name, `echo ${name} "$@" >> ${said}`);
  await program(bin.path, 'puppet', `echo puppet "$@" >> ${said}; exit 2`);
  const firstBoot = (text: string): Promise<CommandResult> =>
    writeFile(conf, text).then(() =>
      run([join(FILES, 'usr/lib/recon/pool/first-boot')], {
        timeoutMs: 60_000,
        environment: { RECON_FIRST_BOOT: conf, PATH: `${bin.path}:/usr/bin:/bin` },
      }),
    );
  const result = await firstBoot(
    `# a line\nscript ${bin.path}/mine\nansiblePull http://git.test/site.git\npuppet puppet.cluster.internal\n`,
  );
  // 2 of puppet says that something was changed
  assert.equal(result.status, 'ok', result.stderr.toString());
  assert.match(
    await readFile(said, 'utf8'),
    /^mine\nansible-pull --url http:\/\/git\.test\/site\.git --inventory localhost, local\.yml\npuppet agent --onetime .*--server puppet\.cluster\.internal\n$/,
  );
  await program(bin.path, 'puppet', 'exit 1');
  assert.match((await firstBoot('puppet p\n')).stderr.toString(), /first boot: puppet p failed/);
  assert.equal((await firstBoot('chef c\n')).exitCode, 1);
});

test('what a running system reports is what the head reads', async () => {
  for (const path of [join(FILES, 'usr/lib/recon/pool/alive'), join(FILES, '../../ramdisk/failsafe/bin/alive')]) {
    const keys = [...(await readFile(path, 'utf8')).matchAll(/"(\w+)":["%]/g)].map(([, key]) => key ?? '');
    assert.deepEqual(
      keys.filter((key) => !(key in RunReport.shape)),
      [],
      path,
    );
    assert.ok(keys.includes('memAvailableBytes') && keys.includes('image'), path);
  }
});

test('what persists becomes mounts of an NFS server', async (t) => {
  if ((await run(['which', 'systemd-escape'], { timeoutMs: 60_000 })).status !== 'ok')
    return t.skip('there is no systemd-escape on this host');
  await using directory = await temporaryDirectory('recon-persist-');
  const list = join(directory.path, 'persist');
  await writeFile(list, '/var/lib/puppet/ssl head:/srv/persist/node-000/puppet\n/home head:/home ro,soft\nrelative head:/x\n');
  const result = await run([join(FILES, 'usr/lib/systemd/system-generators/recon-persist'), directory.path], {
    timeoutMs: 60_000,
    environment: { RECON_PERSIST: list },
  });
  assert.equal(result.status, 'ok', result.stderr.toString());
  assert.match(await readFile(join(directory.path, 'home.mount'), 'utf8'), /What=head:\/home\nWhere=\/home\nType=nfs\nOptions=ro,soft\n/);
  assert.equal(await readlink(join(directory.path, 'remote-fs.target.wants/var-lib-puppet-ssl.mount')), '../var-lib-puppet-ssl.mount');
  const units = (await readdir(directory.path)).filter((name) => name.endsWith('.mount'));
  assert.equal(units.length, 2);
  // no NFS server can be had here: systemd itself says whether it would take the units, and mount whether it knows the options
  const paths = units.map((name) => join(directory.path, name));
  const judged = await run(['systemd-analyze', 'verify', '--man=no', ...paths], { timeoutMs: 60_000 });
  assert.deepEqual([judged.status, judged.stderr.toString()], ['ok', '']);
  for (const path of paths) {
    const [, what = '', where = '', options = ''] =
      /What=(.*)\nWhere=(.*)\nType=nfs\nOptions=(.*)\n/.exec(await readFile(path, 'utf8')) ?? [];
    const faked = await run(['mount', '--fake', '--internal-only', '-n', '-t', 'nfs', '-o', options, what, where], { timeoutMs: 60_000 });
    assert.deepEqual([options !== '', faked.stderr.toString()], [true, '']);
  }
});
