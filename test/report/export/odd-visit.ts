import assert from 'node:assert/strict';
import type { Gpu } from '../../../src/domain/record/accelerators.ts';
import type { Nic } from '../../../src/domain/record/network.ts';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import type { ChosenColumns } from '../../../src/report/export/csv-tables.ts';
import { exportFleet } from '../../../src/report/export/fleet.ts';
import type { TextFormat } from '../../../src/report/export/format.ts';
import { exportFormat } from '../../../src/report/export/formats/formats.ts';
import type { KnownList } from '../../../src/report/export/known-list.ts';
import { type ExportMachine, exportMachines } from '../../../src/report/export/machine.ts';
import { machineAddresses } from '../../../src/report/export/machine-addresses.ts';
import { exportSettings } from '../../../src/report/export/settings.ts';
import type { VisitNode } from '../../../src/tarball/visit.ts';
import { recordFor } from '../../master/fixture-records.ts';
import { EXAMPLE_WORDS } from './example-words.ts';

/** A visit of machines that one would rather not meet: each is an attempt at the syntax of some format, or lacks what formats want. */
export const ODD_VISIT = { site: 'Hall "3"\nrogue', createdAt: '2026-11-20T12:00:00.000Z', imageVersion: '13.0.1' };

const CPU = { architecture: 'x86_64', sockets: 2, coresPerSocket: 16, threadsPerCore: 2, threads: 64 };
const INFINIBAND_MAC = '80:00:02:08:fe:80:00:00:00:00:00:00:24:8a:07:03:00:ab:cd:ef';

const RECORDS: readonly NodeRecord[] = [
  machine('ABC123', { gpus: [card('01'), card('41'), { pciAddress: '0000:02:00.0', vendor: 'ASPEED Technology, Inc.' }] }),
  // one serial number, one BMC address and one BMC MAC address on two machines, as after a repair
  machine('TWICE', { bmc: { address: '192.0.2.9', mac: '52:54:9e:98:70:09' } }),
  machine('TWICE', { bmc: { address: '192.0.2.9', mac: '52:54:9e:98:70:09' } }),
  // two serial numbers that would make one host name
  machine('A-1', { bmc: { address: '192.0.2.13' } }),
  machine('a 1', { bmc: { address: '0.0.0.0', mac: '52:54:00:aa:00:04' } }),
  machine('"; }\nhost evil { }\n#', { nics: [port('eno1', [{ chassisName: 'sw1', portId: 'Eth1/4, or so' }])] }),
  machine("=cmd|'/c calc'!A1", { system: { vendor: '+1', product: "'@SUM(1)", chassis: { assetTag: '-7' } } }),
  machine('{{ lookup("pipe", "id") }}', { system: { vendor: '{% raw %}', product: '*alias &anchor' } }),
  machine('$(id)`id`', { nics: [port('eno1', [{ chassisName: 'sw1', portId: '0c:c4:7a:00:00:01', portDescription: 'Ethernet9' }])] }),
  machine('localhost', { nics: [port('eno1', [{ chassisName: 'sw1', portId: '526', portDescription: 'uplink of row 7' }])] }),
  machine('9LIVES', { nics: [port('eno1', [{ chassisName: 'sw2', portId: '49', portDescription: '49' }])] }),
  machine('Ñandú', {
    system: { vendor: '富士通', product: '服务器' },
    nics: [
      port('ibs1', [], { mac: INFINIBAND_MAC, linkType: 'infiniband', guid: '248a070300abcdef', speedMbps: 100_000 }),
      port('eno1', [
        { chassisName: 'sw2', portId: 'Eth1' },
        { chassisName: 'phone', portId: 'P1' },
      ]),
    ],
  }),
  machine('S'.repeat(60), { system: { vendor: '华为', product: '服务器\u2028=1+1' } }),
  bare(),
];

export const ODD_NODES: readonly VisitNode[] = RECORDS.map((record, index) => ({
  mac: `52:54:00:00:00:0${index.toString(16)}`,
  revision: 1,
  record,
}));

/** What a format says of nodes: its files, and why lines were left out. */
export async function exported(
  name: string,
  {
    nodes = ODD_NODES,
    firstAddress,
    set = EXAMPLE_WORDS[name] ?? [],
    columnMap,
    known = [],
  }: {
    nodes?: readonly VisitNode[];
    firstAddress?: string;
    set?: readonly string[];
    columnMap?: ChosenColumns;
    known?: readonly KnownList[];
  } = {},
): Promise<{ files: Map<string, string>; leftOut: string[] }> {
  const files = new Map<string, string>();
  const leftOut: string[] = [];
  const format = textFormat(name);
  const first = firstAddress ?? (format.needsAddresses === true ? '10.0.0.10' : undefined);
  const given = { settings: exportSettings(format, set), known, ...(columnMap === undefined ? {} : { columnMap }) };
  const pieces = format.write(machinesOf(nodes, first), ODD_VISIT, (reason) => leftOut.push(reason), given);
  for await (const { file, text } of pieces) files.set(file, (files.get(file) ?? '') + text);
  return { files, leftOut };
}

/** A format whose files are text; another one fails the test. */
export function textFormat(name: string): TextFormat {
  const format = exportFormat(name);
  assert.ok(format.shape !== 'binary', `${name} is no text`);
  return format;
}

/** The machines as the formats get them. */
export async function* machinesOf(nodes: readonly VisitNode[] = ODD_NODES, firstAddress?: string): AsyncGenerator<ExportMachine> {
  const fleet = await exportFleet(stream(nodes));
  const taken = new Set(fleet.bmcAddresses.keys());
  const addresses = firstAddress === undefined ? [] : machineAddresses(firstAddress, fleet.machineCount, taken);
  yield* exportMachines(stream(nodes), fleet, addresses);
}

async function* stream(nodes: readonly VisitNode[]): AsyncGenerator<VisitNode> {
  yield* nodes;
}

function machine(
  serial: string,
  { system, nics, bmc, gpus }: { system?: object; nics?: Nic[]; bmc?: object; gpus?: Gpu[] } = {},
): NodeRecord {
  const record = recordFor(serial);
  const { sections } = record;
  const own = sections.bmc.status === 'ok' ? sections.bmc.data : {};
  const last = Number.parseInt(own.mac?.slice(-5, -3) ?? '0', 16) % 100;
  const plain = sections.system.status === 'ok' ? sections.system.data : {};
  return {
    ...record,
    sections: {
      ...sections,
      system: { status: 'ok', data: { ...plain, ...system } },
      cpu: { status: 'ok', data: { ...(sections.cpu.status === 'ok' ? sections.cpu.data : {}), ...CPU } },
      ...(gpus === undefined ? {} : { gpus: { status: 'ok', data: gpus } }),
      ...(nics === undefined ? {} : { nics: { status: 'ok', data: nics } }),
      bmc: { status: 'ok', data: { address: `198.51.100.${100 + last}`, ...(own.mac === undefined ? {} : { mac: own.mac }), ...bmc } },
    },
  };
}

function card(bus: string): Gpu {
  return { pciAddress: `0000:${bus}:00.0`, vendor: 'NVIDIA Corporation', model: 'GA100 [A100 PCIe 40GB]' };
}

function port(name: string, lldp: NonNullable<Nic['lldp']>, more: Partial<Nic> = {}): Nic {
  return { name, mac: '52:54:00:bb:00:01', linkUp: true, speedMbps: 10_000, ...(lldp.length === 0 ? {} : { lldp }), ...more };
}

/** Nothing could be read: no system, no port, no BMC. */
function bare(): NodeRecord {
  const absent = { status: 'absent' } as const;
  const { sections, ...record } = recordFor('unread');
  const nothing = Object.fromEntries(Object.keys(sections).map((name) => [name, absent])) as unknown as NodeRecord['sections'];
  return { ...record, sections: nothing };
}
