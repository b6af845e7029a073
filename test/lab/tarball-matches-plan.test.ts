import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { NodeRecord } from '../../src/domain/node-record.ts';
import { DISK_SIZE_BYTES, LAB_PLAN, type LabMachine } from '../../src/lab/lab-plan.ts';
import { parseLedger, readTarball, type TarballContent } from '../../src/lab/read-tarball.ts';
import { findTarballMismatches } from '../../src/lab/tarball-matches-plan.ts';
import { runOk } from '../../src/platform/command.ts';
import { temporaryDirectory, writeAtomic } from '../../src/platform/files.ts';
import { openWorkDirectory } from '../../src/platform/work-directory.ts';

const MACHINES: readonly LabMachine[] = [LAB_PLAN.master, ...LAB_PLAN.peers];

/** What a machine's record should be, with other values at some places (`system.data.serial`). */
function recordOf(machine: LabMachine, changes: Record<string, unknown> = {}): NodeRecord {
  const { identity } = machine;
  const ok = (data: unknown): unknown => ({ status: 'ok', data });
  const disks = machine.disks.map((disk, index) => ({ name: `sd${index}`, serial: disk.serial, sizeBytes: DISK_SIZE_BYTES }));
  const sections = {
    system: ok({
      vendor: identity.vendor,
      product: identity.product,
      serial: identity.serial,
      uuid: identity.uuid,
      chassis: { serial: identity.chassisSerial },
    }),
    board: ok({ serial: identity.boardSerial }),
    firmware: ok({ bootMode: machine.firmware }),
    cpu: ok({}),
    memory: ok({
      dimms: [{ populated: true, serial: identity.dimmSerial, sizeBytes: machine.memoryMiB * 1024 * 1024 }, { populated: false }],
    }),
    disks: ok(machine.role === 'master' ? [...disks, { name: 'sdz', serial: 'RSTICK' }] : disks),
    nics: ok(machine.nics.map((nic, index) => ({ name: `eth${index}`, mac: nic.mac }))),
    pci: ok([]),
    bmc: machine.hasBmc ? ok({}) : { status: 'absent', reason: 'no /dev/ipmi0' },
    kernel: ok({}),
  };
  for (const [path, value] of Object.entries(changes)) setAt(sections, path.split('.'), value);
  return NodeRecord.parse({ schemaVersion: 1, sections, collectors: [] });
}

function tarballOf(machines: readonly LabMachine[], records = machines.map((machine) => recordOf(machine))): TarballContent {
  const nodes = new Map(machines.map((machine, index) => [machine.nics[0]?.mac ?? '', records[index] as NodeRecord]));
  return { directory: '', nodes, ledger: [], findings: [] };
}

test('a tarball with exactly the machines that there are has no finding', () => {
  assert.deepEqual(findTarballMismatches(MACHINES, tarballOf(MACHINES)), []);
});

test('a missing machine and one that does not exist are findings', () => {
  assert.deepEqual(findTarballMismatches(MACHINES, tarballOf(MACHINES.slice(1))), ['master is not in the tarball']);
  assert.match(findTarballMismatches(MACHINES.slice(1), tarballOf(MACHINES)).join(), /does not exist: 52:54:00:77:00:00/);
});

for (const [name, changes, expected] of [
  ['a wrong serial', { 'system.data.serial': 'X' }, /system serial/],
  ['a byte-swapped UUID', { 'system.data.uuid': '41454852-5352-4c41-8000-000000000001' }, /UUID/],
  ['a DIMM of another size', { 'memory.data.dimms.0.sizeBytes': 1 }, /DIMMs/],
  ['no disks', { 'disks.data': [] }, /disks/],
  ['another network card', { 'nics.data.0.mac': '02:00:00:00:00:99' }, /network cards/],
  ['no BMC where there is one', { bmc: { status: 'absent' } }, /BMC/],
  ['a failed section', { board: { status: 'failed', reason: 'dmidecode crashed' } }, /board serial/],
  ['the wrong boot mode', { 'firmware.data.bootMode': 'uefi' }, /boot mode/],
] as const) {
  test(`${name} is one finding`, () => {
    const peer = LAB_PLAN.peers[0];
    const findings = findTarballMismatches([peer], tarballOf([peer], [recordOf(peer, changes)]));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', expected);
  });
}

function setAt(object: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  assert(typeof object === 'object' && object !== null);
  if (rest.length === 0) Reflect.set(object, key, value);
  else setAt(Reflect.get(object, key), rest, value);
}

test('a real tarball is unpacked and its hashes are checked', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const work = await openWorkDirectory(join(directory.path, 'lab'));
  const source = await work.subdirectory('source');
  const peer = LAB_PLAN.peers[0];
  const node = 'nodes/52-54-00-77-01-00';
  await work.subdirectory(`source/${node}`);
  const files: Record<string, string> = {
    [`${node}/node.json`]: JSON.stringify(recordOf(peer)),
    'ledger.jsonl': `${JSON.stringify({ sequence: 0, at: '2026-11-20T12:00:00Z', mac: '52:54:00:77:01:00', stage: 'receipt' })}\n`,
    'nodes.jsonl': '',
    'nodes.csv': '',
  };
  for (const [name, text] of Object.entries(files)) await writeAtomic(join(source, name), text);
  const hashes = Object.entries(files).map(([name, text]) => ({ name, sha256: createHash('sha256').update(text).digest('hex') }));
  await writeAtomic(
    join(source, 'manifest.json'),
    JSON.stringify({ files: [...hashes.slice(1), { name: `${node}/node.json`, sha256: '00' }] }),
  );
  const tarball = join(directory.path, 't.tar.gz');
  await runOk(['tar', '-czf', tarball, '-C', source, '.'], { timeoutMs: 10_000 });
  const content = await readTarball(tarball, await work.subdirectory('unpacked'));
  assert.deepEqual([...content.nodes.keys()], ['52:54:00:77:01:00']);
  assert.deepEqual(
    content.ledger.map((event) => event.stage),
    ['receipt'],
  );
  assert.deepEqual(content.findings, [
    'the tarball has no report.html',
    `${node}/node.json in the tarball is not what its manifest.json says`,
  ]);
});

test('a line of the ledger that is no event is named', () => {
  assert.throws(() => parseLedger('{"sequence":0}\n'), /line 1/);
});
