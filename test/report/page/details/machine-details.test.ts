import assert from 'node:assert/strict';
import { it } from 'node:test';
import { machineRow } from '../../../../src/report/machine-row.ts';
import { completedDetails, draftDetails, machineDetails } from '../../../../src/report/page/details/machine-details.ts';
import { recordFor } from '../../../master/fixture-records.ts';

it('a machine shows its chassis, its RAID controller with volumes and drives, GPUs, power supplies and own collectors, and what was not read', () => {
  const record = recordFor('S1');
  const drives = [{ enclosure: '32', slot: '4', state: 'Onln', serial: 'DRIVE-4', sizeText: '1.818 TB', smartPassed: false }];
  Object.assign(record.sections, {
    storage: {
      status: 'ok',
      data: {
        controllers: [
          {
            ...{ id: '0', tool: 'storcli', model: 'PERC H730', health: 'Optimal' },
            virtualDrives: [{ id: '0/0', level: 'RAID1', state: 'Optl', name: 'system' }],
            physicalDrives: drives,
          },
        ],
      },
    },
    gpus: {
      status: 'ok',
      data: [{ pciAddress: '0000:3b:00.0', vendor: 'NVIDIA', model: 'A100', serial: 'GPU-1', memoryBytes: 85_899_345_920 }],
    },
    powerSupplies: { status: 'ok', data: [{ location: 'PSU.Slot.2', model: 'PWR 750', present: false }] },
    system: { status: 'ok', data: { chassis: { type: 'Rack Mount Chassis', heightRackUnits: 2, serial: 'CH-1' } } },
    custom: { status: 'ok', data: [{ name: 'rack-position', status: 'ok', lines: ['row <3>', 'unit 12'] }] },
  });
  const html = machineDetails(machineRow('52:54:00:00:00:01', 1, record), record, []);
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  for (const part of [
    /Chassis Rack Mount Chassis, 2 U, CH-1/,
    /RAID controllers Number Model Health 0 PERC H730 Optimal/,
    /Drives: 2 Name Kind Size Model Serial/,
    /Volumes, made of drives Name Kind Level State Label Controller volume 0\/0 RAID volume RAID1 Optl system PERC H730/,
    /32:4 other 2 TB — DRIVE-4 4 PERC H730 Onln FAILED/,
    /0000:3b:00\.0 NVIDIA, A100 80 GiB GPU-1/,
    /PSU\.Slot\.2 PWR 750 not fitted/,
    /rack-position ok row &#60;3&#62; unit 12/,
    /Not read What Why pci lspci failed/,
  ])
    assert.match(text, part);
});

it('a card without a driver has the modules that could have taken it, or that the image leaves out', () => {
  const record = recordFor('S1');
  const card = (function_: number, more: object): object => ({ address: `0000:01:00.${function_}`, class: 'Ethernet', ...more });
  const data = [
    card(0, { driver: 'igb' }),
    card(1, { modules: ['bna', 'bfa'] }),
    card(2, { leftOutModules: ['b43', 'bcma'] }),
    card(3, {}),
  ];
  Object.assign(record.sections, { pci: { status: 'ok', data } });
  const html = machineDetails(machineRow('52:54:00:00:00:01', 1, record), record, []);
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  assert.match(
    text,
    /00\.0 Ethernet igb .*00\.1 Ethernet none: bna or bfa did not take it .*00\.2 Ethernet none: the image leaves out b43 and bcma .*00\.3 Ethernet/,
  );
});

it('a part that was drafted before the other machines were seen becomes what one made at the end is', () => {
  const record = recordFor('S1');
  const row = machineRow('52:54:00:00:00:01', 3, record);
  const findings = [
    { machine: row.mac, severity: 'warning', code: 'dimm-slow', message: 'Slow <DIMM>.', evidence: 'memory.dimms[0]' } as const,
  ];
  const otherMacs = ['52:54:00:00:00:02', '52:54:00:00:00:03'];
  const html = completedDetails(draftDetails(row, record), { findings, otherMacs });
  assert.equal(html, machineDetails({ ...row, otherMacs }, record, findings));
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  assert.match(text, /S1 1 warning Findings Severity What Field warning Slow &#60;DIMM&#62;\. memory\.dimms\[0\] UUID /);
  assert.match(text, /BMC 192\.0\.2\.9, \S+ Also seen as 52:54:00:00:00:02, 52:54:00:00:00:03 Record revision 3 /);
  assert.doesNotMatch(completedDetails(draftDetails(row, record), { findings: [] }), /Also seen as|Findings|severity/);
});
