import assert from 'node:assert/strict';
import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { poolFaults } from '../../../../src/pool/install/check/pool-faults.ts';
import { poolNeeds } from '../../../../src/pool/install/check/pool-needs.ts';
import { INSTALL_PLACES } from '../../../../src/pool/install/text/places.ts';
import { headServiceText } from '../../../../src/pool/install/text/service-unit.ts';
import { fakeMachine } from '../fake-machine.ts';

test('what a pool asks for: nothing where there is none; its git, and where a link leads', async () => {
  await using directory = await temporaryDirectory('recon-needs-');
  const place = (name: string): string => join(directory.path, name);
  assert.deepEqual(await poolNeeds(place('absent')), { servesNfs: false, git: undefined, writes: [] });
  await mkdir(place('checkout/site/pool'), { recursive: true });
  await mkdir(place('checkout/.git'));
  await symlink(place('checkout/site/pool'), place('pool'));
  const top = await realpath(place('checkout'));
  await writeFile(join(top, 'site/pool/pool.yaml'), '');
  const git = join(top, '.git');
  assert.deepEqual(await poolNeeds(place('pool')), { servesNfs: false, git, writes: [join(top, 'site/pool'), git] });
  await mkdir(join(top, 'site/pool/profiles'));
  await writeFile(join(top, 'site/pool/profiles/compute.yaml'), "persist: [{ path: /home, from: 'nfs:head:/home' }]\n");
  assert.equal((await poolNeeds(place('pool'))).servesNfs, true);
});

const { pool, service } = INSTALL_PLACES;
const own = { git: `${pool}/.git`, writes: [pool, `${pool}/.git`] };
const elsewhere = { git: undefined, writes: ['/srv/my pool'] };
const may = (...paths: string[]): Record<string, string> =>
  Object.fromEntries([
    ['getent passwd recon-head', ''],
    ...paths.map((path) => [`setpriv --reuid=recon-head --regid=recon-head --init-groups test -w ${path}`, ''] as const),
  ]);

for (const [what, needs, unit, answers, expected] of [
  ['there is none', { git: undefined, writes: [] }, headServiceText(), may(), undefined],
  ['its own place, which the service may write', own, headServiceText(), may(pool, own.git, `${own.git}/objects`), undefined],
  ['before an install nobody is asked', own, undefined, may(), undefined],
  [
    'a commit by root',
    own,
    headServiceText(),
    may(pool, own.git),
    /^warns The head cannot write to .*\/\.git\/objects.* chown -R recon-head: \/etc\/recon\/pool\/\.git$/,
  ],
  [
    'a folder of somebody else',
    own,
    headServiceText(),
    may(),
    /cannot write to \/etc\/recon\/pool: .* chown -R recon-head: \/etc\/recon\/pool$/,
  ],
  [
    'a file that root closed',
    own,
    headServiceText(),
    {
      ...may(pool, own.git, `${own.git}/objects`),
      [`setpriv --reuid=recon-head --regid=recon-head --init-groups find ${pool} -name .git -prune -o ! -readable -print -quit`]: `${pool}/nodes.yaml\n`,
    },
    /^warns The head cannot read \/etc\/recon\/pool\/nodes\.yaml: .* chgrp recon-head .*nodes\.yaml && chmod g\+rX/,
  ],
  ['a link that the sandbox knows', elsewhere, headServiceText(elsewhere.writes), may('/srv/my pool'), undefined],
  [
    'a link that was laid since',
    elsewhere,
    headServiceText(),
    may('/srv/my pool'),
    /^warns recon-head\.service does not let the head write to \/srv\/my pool/,
  ],
  ['a home', { git: undefined, writes: ['/home/ada/pool'] }, undefined, may(), /^stops The pool's folder leads to \/home\/ada\/pool/],
] as const) {
  test(`the folder of the pool: ${what}`, async () => {
    const machine = fakeMachine({ answers, files: unit === undefined ? {} : { [service]: unit } });
    const [fault, ...more] = await poolFaults(machine, needs);
    assert.deepEqual(more, []);
    if (expected === undefined) assert.equal(fault, undefined);
    else assert.match(`${fault?.weight} ${fault?.message} ${fault?.hint}`, expected);
  });
}
