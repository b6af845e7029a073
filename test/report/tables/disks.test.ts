import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhysicalDrive } from '../../../src/domain/record/raid.ts';
import { tableDisks } from '../../../src/report/tables/disks.ts';

const controller = (id: string, physicalDrives: PhysicalDrive[], model?: string) => ({
  ...{ id, tool: 'storcli', virtualDrives: [], physicalDrives },
  ...(model === undefined ? {} : { model }),
});

test('the disks of the system, then the drives that controllers hide, each once', () => {
  const disks = tableDisks([{ name: 'sda', serial: 'D1' }, { name: 'sdb' }], {
    controllers: [
      controller(
        '0',
        [
          { enclosure: '252', slot: '4', serial: 'd1' },
          { enclosure: '252', slot: '5', serial: 'D2', sizeText: '1 TB' },
        ],
        'PERC',
      ),
      controller('1', [{ deviceId: '9', interface: 'SAS' }]),
    ],
    hiddenDrives: [{ smartctlType: 'megaraid,14', serial: 'D3' }, { serial: 'D1' }, {}],
  });
  assert.deepEqual(disks, [
    { name: 'sda', serial: 'D1' },
    { name: 'sdb' },
    { name: '252:5', behind: 'PERC', enclosureSlot: '5', serial: 'D2' },
    { name: '9', behind: 'controller 1', interface: 'SAS', transport: 'sas' },
    { name: 'drive', behind: 'megaraid,14', smartctlType: 'megaraid,14', serial: 'D3' },
    { name: 'drive', behind: 'a controller' },
  ]);
  assert.deepEqual(tableDisks(undefined, undefined), []);
});

for (const [drive, rotational] of [
  [{ medium: 'HDD' }, true],
  [{ medium: 'SSD' }, false],
  [{ medium: 'SSD', rotationRpm: 7200 }, false],
  [{ rotationRpm: 7200 }, true],
  [{ rotationRpm: 1 }, true],
  [{ rotationRpm: 0 }, false],
  [{}, undefined],
] as const)
  test(`a hidden drive, ${JSON.stringify(drive)}: it ${rotational === undefined ? 'may turn' : rotational ? 'turns' : 'does not turn'}`, () => {
    const [disk] = tableDisks([], { hiddenDrives: [drive] });
    assert.deepEqual([disk?.rotational, disk?.rotationRpm], [rotational, (drive as PhysicalDrive).rotationRpm]);
  });
