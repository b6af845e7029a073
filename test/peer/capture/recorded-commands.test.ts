import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { captureTo } from '../../../src/peer/capture/capture.ts';
import { normaliseDirectory } from '../../../src/peer/capture/directory.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';

async function withRecordings(
  recordings: Record<string, string>,
  use: (directory: string, capture: string) => Promise<void>,
): Promise<void> {
  await using work = await temporaryDirectory('recon-recorded-');
  const directory = join(work.path, 'recordings');
  await mkdir(directory);
  for (const [name, text] of Object.entries(recordings)) await writeFile(join(directory, name), text);
  await use(directory, join(work.path, 'capture'));
}

const smart = JSON.stringify({ model_name: 'EXAMPLE 1', serial_number: 'S1', user_capacity: { bytes: 4096 } });

test('recordings answer, of devices too that no /sys shows; everything else is absent', async () => {
  const recordings = {
    'dmidecode.out': 'Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Example\n\n',
    'smartctl-sda.out': smart,
    'smartctl-sda.err': 'a warning\n',
    'notes.txt': 'not a recording',
  };
  await withRecordings(recordings, async (commands, directory) => {
    const index = await captureTo(directory, { log: silentLog, commands });
    const answered = index.commands.filter((command) => command.status === 'ok').map((command) => command.id);
    assert.deepEqual(answered, ['dmidecode', 'smartctl-sda']);
    assert.deepEqual(
      [...new Set(index.commands.filter((command) => command.status !== 'ok').map((command) => command.status))],
      ['absent'],
    );
    assert.equal(await readFile(join(directory, 'raw/smartctl-sda.err'), 'utf8'), 'a warning\n');
    assert.deepEqual([index.files, index.links], [[], {}]);
    const { sections } = NodeRecord.parse(await normaliseDirectory(directory));
    assert.deepEqual(sections.system.status === 'ok' && sections.system.data, { vendor: 'Example' });
    assert.deepEqual(sections.disks.status === 'ok' && sections.disks.data.map((disk) => [disk.name, disk.serial]), [['sda', 'S1']]);
    for (const name of ['nics', 'kernel', 'pci'] as const) assert.equal(sections[name].status, 'absent', name);
  });
});

test('a recording of a BMC shows that there was one, and its secrets stay out', async () => {
  const lan = 'IP Address              : 10.0.0.8\nSNMP Community String   : s3cret\n';
  await withRecordings({ 'ipmi-lan-print.out': lan, 'ipmi-lan-print-4.out': lan }, async (commands, directory) => {
    const index = await captureTo(directory, { log: silentLog, commands });
    const rows = index.commands.filter((command) => command.status === 'ok').map((command) => command.id);
    assert.deepEqual(rows, ['ipmi-lan-print', 'ipmi-lan-print-4']);
    for (const id of rows) assert.equal(await readFile(join(directory, `raw/${id}.out`), 'utf8'), 'IP Address              : 10.0.0.8\n');
  });
});

test('a scan among the recordings asks for hidden drives by the recording of each', async () => {
  const scan = JSON.stringify({ devices: [14, 15].map((number) => ({ name: '/dev/bus/6', type: `megaraid,${number}` })) });
  await withRecordings({ 'smartctl-scan.out': scan, 'smartctl-behind-megaraid-14-bus-6.out': smart }, async (commands, directory) => {
    const index = await captureTo(directory, { log: silentLog, commands });
    const hidden = index.commands.filter((command) => command.id.startsWith('smartctl-behind-'));
    assert.deepEqual(
      hidden.map((command) => [command.id, command.status]),
      [
        ['smartctl-behind-megaraid-14-bus-6', 'ok'],
        ['smartctl-behind-megaraid-15-bus-6', 'absent'],
      ],
    );
  });
});

test('with a root the files are that root’s, and a missing directory is said', async () => {
  await withRecordings({ 'lscpu.out': '{}' }, async (commands, directory) => {
    const root = join(commands, '../root');
    await mkdir(join(root, 'proc'), { recursive: true });
    await writeFile(join(root, 'proc/version'), 'Linux version 6.1.0-other (x)\n');
    const index = await captureTo(directory, { log: silentLog, commands, root });
    assert.deepEqual(index.files, ['proc/version']);
    await assert.rejects(captureTo(`${directory}-2`, { log: silentLog, commands: join(commands, 'none') }), { code: 'not-found' });
  });
});

test('a capture made by hand needs no capture.json', async () => {
  await using work = await temporaryDirectory('recon-by-hand-');
  await mkdir(join(work.path, 'raw'));
  await writeFile(join(work.path, 'raw/smartctl-sda.out'), smart);
  const record = NodeRecord.parse(await normaliseDirectory(work.path));
  assert.deepEqual(record.collectors, [{ id: 'smartctl-sda', status: 'ok', durationMs: 0 }]);
  assert.deepEqual(record.sections.disks, {
    status: 'ok',
    durationMs: 0,
    data: [{ name: 'sda', sizeBytes: 4096, model: 'EXAMPLE 1', serial: 'S1' }],
  });
});
