import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { findTarballMismatches } from '../../../src/lab/checks/tarball-matches-plan.ts';
import { expectedBmc, expectedCards, expectedDimms, expectedDisks } from '../../../src/lab/plan/expected-hardware.ts';
import { LAB_PLAN, type LabMachine } from '../../../src/lab/plan/lab-plan.ts';
import { parseLedger, readTarball, type TarballContent } from '../../../src/lab/stick/read-tarball.ts';
import { temporaryDirectory, writeAtomic } from '../../../src/platform/files/files.ts';
import { openWorkDirectory } from '../../../src/platform/files/work-directory.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const MACHINES: readonly LabMachine[] = [LAB_PLAN.master, ...LAB_PLAN.peers];

/** What a machine's record should be, with other values at some places (`system.data.serial`). */
function recordOf(machine: LabMachine, changes: Record<string, unknown> = {}): NodeRecord {
  const { identity } = machine;
  const ok = (data: unknown): unknown => ({ status: 'ok', data });
  const functions: { address: string; vendorId: string | undefined; deviceId: string | undefined; driver: string | undefined }[] = [];
  /** Makes a PCI function of a description such as `8086:10d3 e1000e`, and gives its address. */
  const pciAddress = (description: string): string => {
    const [, vendorId, deviceId, driver] = /^(.{4}):(.{4}) (.*)$/.exec(description) ?? [];
    const address = `0000:00:${functions.length.toString(16).padStart(2, '0')}.0`;
    functions.push({ address, vendorId, deviceId, driver });
    return address;
  };
  const disks = expectedDisks(machine.disks).map(({ controller, ...disk }, index) => ({
    ...disk,
    name: `sd${index}`,
    pciAddress: pciAddress(controller),
  }));
  const nics = expectedCards(machine.nics).map(({ device, ...nic }, index) => ({
    ...nic,
    name: `eth${index}`,
    pciAddress: pciAddress(device),
  }));
  const sections = {
    system: ok({
      vendor: identity.vendor,
      product: identity.product,
      serial: identity.serial,
      uuid: identity.uuid,
      chassis: { serial: identity.chassisSerial },
    }),
    board: ok({ serial: identity.boardSerial }),
    firmware: ok({
      bootMode: machine.firmware,
      ...(machine.firmware === 'uefi'
        ? {
            secureBoot: machine.secureBoot === true,
            bootOrder: [
              { id: '0000', active: true, name: 'UiApp', kind: 'firmware' },
              { id: '0001', active: true, name: 'UEFI', kind: machine.overHttp === true ? 'http' : 'pxe-ipv4', mac: machine.nics[0]?.mac },
            ],
          }
        : {}),
    }),
    cpu: ok({}),
    memory: ok({ ecc: 'Multi-bit ECC', dimms: expectedDimms(machine.dimms) }),
    disks: ok(machine.role === 'master' ? [...disks, { name: 'sdz', serial: 'RSTICK' }] : disks),
    nics: ok(nics),
    pci: ok(functions),
    bmc: machine.bmc === undefined ? { status: 'absent', reason: 'no /dev/ipmi0' } : ok(bmcOf(machine.bmc)),
    tpm: machine.tpm === undefined ? { status: 'absent' } : ok({ version: '2.0' }),
    kernel: ok({ lockdown: machine.secureBoot === true ? 'integrity' : 'none' }),
  };
  for (const [path, value] of Object.entries(changes)) setAt(sections, path.split('.'), value);
  return NodeRecord.parse({ schemaVersion: 1, sections, collectors: [] });
}

function bmcOf(bmc: NonNullable<LabMachine['bmc']>): unknown {
  const { fru, ...rest } = expectedBmc(bmc);
  return { ...rest, fru: [{ name: 'Builtin FRU Device' }, fru] };
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
  [
    'a DIMM of another size',
    { 'memory.data.dimms.0.sizeBytes': 1 },
    /^peer-bios: DIMM DIMM_A1 sizeBytes should be 1073741824, the record says 1$/,
  ],
  ['a DIMM with the serial of another', { 'memory.data.dimms.1.serial': 'D1AA0010' }, /DIMM_B1 serial should be "D1AA0011"/],
  ['a missing slot', { 'memory.data.dimms.3': { locator: 'DIMM_D1', populated: false } }, /DIMM_D1 bankLocator/],
  ['memory without ECC', { 'memory.data.ecc': 'None' }, /memory ecc should be "Multi-bit ECC"/],
  ['no disks', { 'disks.data': [] }, /disks should be/],
  ['a disk of another size', { 'disks.data.2.sizeBytes': 1 }, /disk RDSK12AHCI sizeBytes/],
  ['a disk that can be written', { 'disks.data.7.readOnly': false }, /disk RDSK17NVME readOnly should be true/],
  ['a disk on another controller', { 'pci.data.0.driver': 'ahci' }, /RDSK10VIRTIO controller should be "1af4:1001 virtio-pci"/],
  ['another network card', { 'nics.data.0.mac': '02:00:00:00:00:99' }, /network cards/],
  ['a network card without its permanent address', { 'nics.data.1.permanentMac': '02:00:00:00:00:99' }, /52:54:00:77:01:01 permanentMac/],
  ['a network card with another driver', { 'nics.data.1.driver': 'e1000' }, /52:54:00:77:01:01 driver should be "e1000e"/],
  ['a BMC with other firmware', { 'bmc.data.firmware': '2.29' }, /BMC firmware should be "2.41", the record says "2.29"/],
  ['a FRU without its serial', { 'bmc.data.fru.1.boardSerial': 'X' }, /FRU Mainboard boardSerial should be "RFBD0001"/],
  ['no FRU', { 'bmc.data.fru': [] }, /BMC FRU should be "Mainboard"/],
  ['an old TPM', { 'tpm.data.version': '1.2' }, /TPM should be "2.0", the record says "1.2"/],
  ['no TPM where there is one', { tpm: { status: 'absent' } }, /TPM should be "2.0", the record says "absent"/],
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

for (const [name, changes, expected] of [
  ['Secure Boot', { 'firmware.data.secureBoot': false }, /^peer-uefi: firmware secureBoot should be true, the record says false$/],
  ['no lockdown', { 'kernel.data.lockdown': 'none' }, /kernel lockdown should be "integrity", the record says "none"$/],
  ['no boot order', { 'firmware.data.bootOrder': [] }, /firmware bootOrder should be "pxe-ipv4 52:54:00:77:03:00", the record says \[\]/],
  ['a boot order with another card', { 'firmware.data.bootOrder.1.mac': '02:00:00:00:00:99' }, /the record says \[.*02:00:00:00:00:99/],
] as const) {
  test(`${name} of a UEFI peer is one finding`, () => {
    const peer = LAB_PLAN.peers[2];
    const findings = findTarballMismatches([peer], tarballOf([peer], [recordOf(peer, changes)]));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', expected);
  });
}

test('a disk behind a RAID controller without its WWN is one finding', () => {
  const peer = LAB_PLAN.peers[1];
  const findings = findTarballMismatches([peer], tarballOf([peer], [recordOf(peer, { 'disks.data.6.wwn': '0x0' })]));
  assert.deepEqual(findings, ['peer-no-bmc: disk RDSK26MEGASAS wwn should be "0x5000c50000002006", the record says "0x0"']);
});

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
  await runOk(['tar', '-czf', tarball, '-C', source, '.'], { timeoutMs: 60_000 });
  const content = await readTarball(tarball, await work.subdirectory('unpacked'));
  assert.deepEqual([...content.nodes.keys()], ['52:54:00:77:01:00']);
  assert.deepEqual(
    content.ledger.map((event) => event.stage),
    ['receipt'],
  );
  assert.deepEqual(content.findings, [
    'the tarball has no report.html',
    'the tarball has no findings.jsonl',
    'the tarball has no identity.json',
    `${node}/node.json in the tarball is not what its manifest.json says`,
  ]);
});

test('a line of the ledger that is no event is named', () => {
  assert.throws(() => parseLedger('{"sequence":0}\n'), /line 1/);
});

test('of a UEFI machine from a CD no entry for a network card is wanted', () => {
  const peer = { ...LAB_PLAN.peers[2], fromCd: true };
  assert.deepEqual(findTarballMismatches([peer], tarballOf([peer], [recordOf(peer, { 'firmware.data.bootOrder': [] })])), []);
});
