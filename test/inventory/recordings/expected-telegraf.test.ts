import assert from 'node:assert/strict';
import test from 'node:test';
import type { Disk } from '../../../src/domain/record/storage.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { hiddenDrives } from '../../../src/inventory/tools/smartctl/scan.ts';
import { dataOf, fixtureCapture } from '../capture-fixture.ts';
import { recordedAnswer, recording, recordings } from './recording-files.ts';

const CASES = 'telegraf/plugins/inputs/smartctl/';
type Line = Map<string, string>;

/** Line protocol: measurement, tags and fields; blanks and commas of tags are escaped. */
function linesOf(path: string): { measurement: string; fields: Line }[] {
  const rows = recording(path)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return rows.map((line) => {
    const pairs = [...line.matchAll(/[, ]([a-z_]+)=("[^"]*"|(?:\\.|[^, \\])+)/g)];
    return {
      measurement: /^[a-z_]+/.exec(line)?.[0] ?? '',
      fields: new Map(
        pairs.map(([, key = '', value = '']) => [
          key,
          value
            .replace(/^"|"$/g, '')
            .replace(/^(-?\d+)i$/, '$1')
            .replaceAll(/\\(.)/g, '$1'),
        ]),
      ),
    };
  });
}

/** Which of our fields each of theirs is. What is not here has no field in a record: errors corrected, hosts' reads and the like. */
const FIELDS: Readonly<Record<string, (disk: Disk) => unknown>> = {
  model: (disk) => disk.model,
  serial: (disk) => disk.serial,
  firmware: (disk) => disk.firmware,
  wwn: (disk) => disk.wwn?.slice(2),
  vendor: (disk) => disk.vendor,
  scsi_vendor: (disk) => disk.vendor,
  scsi_revision: (disk) => disk.firmware,
  capacity: (disk) => disk.sizeBytes,
  health_ok: (disk) => disk.smartPassed,
  logical_block_size: (disk) => disk.logicalBlockBytes,
  power_on_hours: (disk) => disk.powerOnHours,
  power_cycles: (disk) => disk.powerCycles,
  rotation_rate: (disk) => disk.rotationRpm,
  temperature: (disk) => disk.temperatureCelsius,
  available_spare: (disk) => disk.availableSparePercent,
  percentage_used: (disk) => disk.wearPercent,
  media_errors: (disk) => disk.mediaErrors,
};

test('smartctl: every field of the answer beside it that a record has, through the whole normaliser', () => {
  const paths = recordings(`${CASES}testcases_device/`).filter((path) => path.endsWith('response.json'));
  assert.ok(paths.length >= 5, `${paths.length} cases`);
  for (const path of paths) {
    const lines = linesOf(path.replace('response.json', 'expected.out'));
    const isNvme = lines[0]?.fields.get('type') === 'nvme';
    const capture = fixtureCapture({ outputs: { [`smartctl-${isNvme ? 'nvme0n1' : 'sda'}`]: recording(path) } });
    const [disk] = dataOf(normalise(capture).sections.disks);
    assert.ok(disk !== undefined, path);
    let compared = 0;
    for (const [key, wanted] of lines[0]?.fields ?? []) {
      const ours = FIELDS[key];
      // zero and empty stand for "not there" in that format
      // and a masked serial is a placeholder for us
      if (ours === undefined || wanted === '' || /^X+$/.test(wanted) || (wanted === '0' && ours(disk) === undefined)) continue;
      // of a SCSI drive their model is vendor and product in one, and somebody masked the two in different ways
      if (key === 'model' && lines[0]?.fields.has('scsi_version') === true) continue;
      assert.equal(String(ours(disk)), wanted, `${path}: ${key}`);
      compared += 1;
    }
    assert.ok(compared >= 6, `${path}: only ${compared} fields`);
    const raw = (name: string): string | undefined =>
      lines
        .find(
          ({ measurement, fields }) => measurement === 'smartctl_attributes' && (fields.get('attribute') ?? fields.get('name')) === name,
        )
        ?.fields.get('raw_value');
    const sectors = [raw('Reallocated_Sector_Ct'), raw('Current_Pending_Sector')].map((value) =>
      value === undefined ? undefined : Number(value),
    );
    assert.deepEqual([disk.reallocatedSectors, disk.pendingSectors], sectors, path);
    const pages = lines.filter(({ measurement }) => measurement === 'smartctl_scsi_error_counter_log');
    const uncorrected = pages.map(({ fields }) => Number(fields.get('total_uncorrected_errors')));
    if (pages.length > 0)
      assert.equal(
        disk.mediaErrors,
        uncorrected.reduce((sum, count) => sum + count, 0),
        path,
      );
    const units = lines[0]?.fields.get('data_units_written');
    assert.equal(disk.writtenBytes, units === undefined ? undefined : Number(units) * 512_000, path);
  }
});

test('smartctl --scan of a machine without a controller: nothing is hidden', () => {
  assert.deepEqual(hiddenDrives(recording('ironlib/fixtures/utils/smartctl/scan.json')), []);
});

test('smartctl --scan: what the answer counts is listed, and what no node shows is asked for', () => {
  for (const name of ['all', 'megaraid']) {
    const path = `${CASES}testcases_scan/${name}/`;
    const { devices } = recordedAnswer<{ devices: { name: string; type: string }[] }>(`${path}response.json`);
    assert.equal(devices.length, Number(recording(`${path}expected.out`).toString()), name);
    const hidden = devices.filter(({ type }) => type.startsWith('megaraid'));
    assert.deepEqual(
      hiddenDrives(recording(`${path}response.json`)).map(({ path: node, type }) => ({ path: node, type })),
      hidden.map(({ name: node, type }) => ({ path: node, type })),
      name,
    );
  }
});
