import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { parseMultipath } from '../../../src/inventory/tools/multipath-text.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';

const NEW = `mpatha (360000000000000001) dm-0 EXAMPLE,ARRAY
size=10G features='1 queue_if_no_path' hwhandler='0' wp=rw
|-+- policy='round-robin 0' prio=50 status=active
| \`- 2:0:0:1 sdb 8:16 active ready running
\`-+- policy='round-robin 0' prio=10 status=enabled
  \`- 3:0:0:1 sdd 8:48 active ready running
360000000000000002 dm-1 EXAMPLE,ARRAY
size=20G features='0' hwhandler='1 alua' wp=rw
\`-+- policy='service-time 0' prio=50 status=active
  |- 2:0:0:2 sdc  8:32  active ready running
  \`- #:#:#:# sde  8:64  failed faulty running
`;
const OLD = `mpath1 (360000000000000003) dm-2 EXAMPLE,OLD
[size=4.0G][features=0][hwhandler=0]
\\_ round-robin 0 [prio=0][active]
 \\_ 6:0:0:0 sdh 8:112 [active][ready]
 \\_ 7:0:0:0 sdi 8:128 [active][ready]
`;

test('maps with and without an alias, in the trees of new and old releases', () => {
  const mapsOf = (text: string) => Object.fromEntries([...parseMultipath(text)].map(([name, { map }]) => [name, map]));
  assert.deepEqual(mapsOf(NEW), {
    sdb: 'mpatha',
    sdd: 'mpatha',
    sdc: '360000000000000002',
    sde: '360000000000000002',
  });
  assert.deepEqual(mapsOf(OLD), { sdh: 'mpath1', sdi: 'mpath1' });
  assert.equal(parseMultipath('Jan 01 00:00:00 | DM multipath kernel driver not loaded\n').size, 0);
});

test('paths that lsblk does not put together are one disk; where lsblk does, it names the map', () => {
  const row = (name: string, children?: object[]) => ({
    name,
    type: 'disk',
    size: 10_737_418_240,
    serial: 'LUN-1',
    ...(children ? { children } : {}),
  });
  const disksOf = (rows: object[]) => {
    const outputs = { lsblk: JSON.stringify({ blockdevices: rows }), multipath: NEW };
    const [first] = dataOf(normalise(fixtureCapture({ outputs })).sections.disks);
    return [[first?.name, first?.paths, first?.multipathName]];
  };
  assert.deepEqual(disksOf([row('sdb'), row('sdd')]), [['sdb', ['sdb', 'sdd'], 'mpatha']]);
  const child = [{ name: 'data0', type: 'mpath' }];
  assert.deepEqual(disksOf([row('sdb', child), row('sdd', child)]), [['sdb', ['sdb', 'sdd'], 'data0']]);
});

test('a heading that is not understood ends the map before it, and an alias may hold blanks', () => {
  const text = `mpathc (360000000000000004) dm-3 EXAMPLE,ARRAY
size=10G features='0' hwhandler='0' wp=rw
\`- 2:0:0:1 sdb 8:16 active ready running
uuid.0 [nvme]:nvme3n1 NVMe,EXAMPLE,1.0
  \`- 2:0:0:2 sdc 8:32 active ready running
the archive (360000000000000005) dm-4 EXAMPLE,ARRAY
\`- 2:0:0:3 sdd 8:48 active ready running
`;
  assert.deepEqual(
    [...parseMultipath(text).values()].map(({ name, map }) => [name, map]),
    [
      ['sdb', 'mpathc'],
      ['sdd', 'the archive'],
    ],
  );
});

test('nothing but what multipath printed: a disk for each map, with its places, model and printed size', () => {
  const { sections } = normalise(fixtureCapture({ outputs: { multipath: NEW } }));
  assert.deepEqual(dataOf(sections.disks), [
    { name: 'sdb', sizeText: '10G', model: 'ARRAY', vendor: 'EXAMPLE', hctl: '2:0:0:1', paths: ['sdb', 'sdd'], multipathName: 'mpatha' },
    {
      name: 'sdc',
      sizeText: '20G',
      model: 'ARRAY',
      vendor: 'EXAMPLE',
      hctl: '2:0:0:2',
      paths: ['sdc', 'sde'],
      multipathName: '360000000000000002',
    },
  ]);
  assert.equal(dataOf(sections.storage).diskCount, 2);
});
