import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firmwareDate } from '../../../src/report/fleet/firmware-date.ts';
import { reportDisks } from '../../../src/report/fleet/report-disks.ts';

const controller = (physicalDrives: Record<string, unknown>[], virtualDrives: { id: string; device: string }[]) => ({
  controllers: [{ id: '0', tool: 'storcli', physicalDrives, virtualDrives }],
});

describe('disks as an engineer counts them', () => {
  it('tells the kinds apart and leaves out what can be taken out', () => {
    const disks = [
      { name: 'nvme0n1', transport: 'nvme', rotational: false, sizeBytes: 10 },
      { name: 'sda', transport: 'sata', rotational: false },
      { name: 'sdb', transport: 'sas', rotational: true },
      { name: 'sdc', transport: 'usb', removable: true },
      { name: 'sdd', mediumPresent: false },
      { name: 'vda' },
    ];
    assert.deepEqual(
      reportDisks(disks, undefined)?.map(({ kind }) => kind),
      ['NVMe', 'SSD', 'HDD', 'other'],
    );
  });

  it('counts the drives behind a controller instead of the volumes made of them', () => {
    const storage = controller(
      [
        { medium: 'HDD', serial: 'H1', sizeBytes: 4 },
        { medium: 'SSD', serial: 'S1' },
        { interface: 'NVMe', serial: 'N1' },
        { serial: 'X1', sizeText: '7.276 TB' },
      ],
      [{ id: '0', device: '/dev/sda' }],
    );
    const kinds = reportDisks(
      [
        { name: 'sda', model: 'Fancy 9000', rotational: true },
        { name: 'sdb', serial: 's1', rotational: false },
      ],
      storage,
    );
    assert.equal(kinds?.at(-1)?.sizeBytes, Math.round(7.276 * 1024 ** 4), 'an 8 TB drive as storcli prints it');
    assert.deepEqual(
      kinds?.map(({ kind, serial }) => [kind, serial]),
      [
        ['SSD', 's1'],
        ['HDD', 'H1'],
        ['NVMe', 'N1'],
        ['other', 'X1'],
      ],
    );
  });

  it('keeps a volume whose drives nobody shows, and says that it is one', () => {
    assert.deepEqual(reportDisks([{ name: 'sda', vendor: 'HP', model: 'LOGICAL VOLUME', rotational: true }], undefined), [
      { kind: 'RAID volume', model: 'HP LOGICAL VOLUME' },
    ]);
  });

  it('tells "none" from "could not be read"', () => {
    assert.deepEqual(reportDisks([], undefined), []);
    assert.equal(reportDisks(undefined, undefined), undefined);
  });
});

describe('date of a firmware', () => {
  for (const [printed, date] of [
    ['03/15/2022', '2022-03-15'],
    ['3/5/2022', '2022-03-05'],
    ['12/31/99', '1999-12-31'],
    ['2021-07-01', '2021-07-01'],
    ['02/30/2022', undefined],
    ['13/01/2022', undefined],
    ['May 2022', undefined],
    [undefined, undefined],
  ] as const)
    it(`${printed} is ${date}`, () => assert.equal(firmwareDate(printed), date));
});
