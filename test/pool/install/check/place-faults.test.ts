import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { placeFaults, type SaidPlaces } from '../../../../src/pool/install/check/place-faults.ts';
import { INSTALL_PLACES } from '../../../../src/pool/install/text/places.ts';
import { headServiceText } from '../../../../src/pool/install/text/service-unit.ts';
import { fakeMachine } from '../fake-machine.ts';

const setpriv = (how: string, path: string): string => `setpriv --reuid=recon-head --regid=recon-head --init-groups test ${how} ${path}`;
const open = (path: string, ...how: string[]): Record<string, string> =>
  Object.fromEntries([`test -e ${path}`, ...how.map((one) => setpriv(one, path)), 'getent passwd recon-head'].map((line) => [line, '']));

const ROWS: readonly [
  what: string,
  said: SaidPlaces,
  unit: string | undefined,
  answers: Record<string, string>,
  says: RegExp | undefined,
][] = [
  ['none is named', {}, headServiceText(), {}, undefined],
  ['its own place', { images: INSTALL_PLACES.images, state: INSTALL_PLACES.state }, headServiceText(), {}, undefined],
  ['the unit knows it', { images: '/data/images' }, headServiceText(['/data/images']), open('/data/images', '-r', '-w'), undefined],
  ['before an install it is not there yet', { images: '/data/images' }, undefined, {}, undefined],
  [
    'the unit is older than the line',
    { images: '/data/images' },
    headServiceText(),
    open('/data/images', '-r', '-w'),
    /^warns images: in head\.yaml is \/data\/images, and recon-head\.service does not let the head write there\. recon head install lets it\.$/,
  ],
  [
    'a home',
    { images: '/home/ada/images' },
    undefined,
    {},
    /^stops images: in head\.yaml is \/home\/ada\/images, which a service does not see\. .*\/srv\/recon\/images/,
  ],
  [
    'a key of root',
    { key: '/root/key.pem' },
    undefined,
    {},
    /^stops key: in head\.yaml is \/root\/key\.pem, which a service does not see\./,
  ],
  [
    'nobody lets it in',
    { images: '/data/images' },
    headServiceText(['/data/images']),
    open('/data/images'),
    /^warns images: .*cannot read it: it runs as recon-head\. chown -R recon-head: \/data\/images/,
  ],
  [
    'it is of root',
    { state: '/data/state' },
    headServiceText(['/data/state']),
    open('/data/state', '-r'),
    /^warns state: .*cannot write there: it runs as recon-head\. chown -R recon-head: \/data\/state/,
  ],
  ['loaders are only read', { loaders: '/usr/share/ipxe' }, headServiceText(), open('/usr/share/ipxe', '-r'), undefined],
];

for (const [what, said, unit, answers, says] of ROWS)
  test(`places of head.yaml: ${what}`, async () => {
    const machine = fakeMachine({ answers, files: unit === undefined ? {} : { [INSTALL_PLACES.service]: unit } });
    const faults = (await placeFaults(machine, said)).map(({ weight, message, hint }) => `${weight} ${message} ${hint}`);
    assert.equal(faults.length, says === undefined ? 0 : 1, faults.join('\n'));
    if (says !== undefined) assert.match(faults[0] ?? '', says);
  });

test('places of head.yaml: a link counts by where it leads', async () => {
  await using directory = await temporaryDirectory('recon-places-');
  await mkdir(join(directory.path, 'far'));
  await symlink(join(directory.path, 'far'), join(directory.path, 'near'));
  const [fault] = await placeFaults(fakeMachine({}), { images: join(directory.path, 'near') });
  assert.match(fault?.message ?? '', /near, which leads to \S+far, which a service does not see/);
});
