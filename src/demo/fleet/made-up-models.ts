import type { NodeRecord } from '../../domain/record/node-record.ts';
import type { Disk } from '../../domain/record/storage.ts';

const GIB = 1024 ** 3;

export interface ServerModel {
  record: NodeRecord;
  /** the usual BIOS first, then older ones */
  bios: readonly { version: string; date: string }[];
}

/** Models of servers that nobody has: a fleet is made of copies of them. */
export function madeUpModels(): ServerModel[] {
  return MADE_UP.map(madeUp);
}

interface MadeUp {
  vendor: string;
  product: string;
  cpu: string;
  cores: number;
  dimms: number;
  dimmGib: number;
  disks: readonly (readonly [count: number, transport: string, rotational: boolean, sizeBytes: number, model: string])[];
  gpus: number;
  bios: ServerModel['bios'];
}

const MADE_UP: readonly MadeUp[] = [
  {
    ...{ vendor: 'Dell Inc.', product: 'PowerEdge R640', cpu: 'Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz', cores: 40 },
    ...{ dimms: 12, dimmGib: 32, gpus: 0 },
    disks: [
      [2, 'nvme', false, 3_840_755_982_336, 'SAMSUNG MZQL23T8HCLS-00A07'],
      [2, 'sata', false, 480_103_981_056, 'INTEL SSDSC2KB480G8'],
    ],
    bios: [
      { version: '2.21.2', date: '02/19/2024' },
      { version: '2.12.2', date: '07/09/2021' },
      { version: '1.6.13', date: '12/17/2018' },
    ],
  },
  {
    ...{ vendor: 'Supermicro', product: 'SYS-420GP-TNR', cpu: 'AMD EPYC 7742 64-Core Processor', cores: 128 },
    ...{ dimms: 16, dimmGib: 64, gpus: 8 },
    disks: [[4, 'nvme', false, 7_681_501_126_656, 'KIOXIA KCD61LUL7T68']],
    bios: [
      { version: '1.4', date: '11/30/2022' },
      { version: '1.2', date: '03/03/2021' },
    ],
  },
  {
    ...{
      vendor: 'Quanta Cloud Technology Inc.',
      product: 'QuantaGrid D51PH-1ULH',
      cpu: 'Intel(R) Xeon(R) CPU E5-2650 v4 @ 2.20GHz',
      cores: 24,
    },
    ...{ dimms: 8, dimmGib: 16, gpus: 0 },
    disks: [
      [12, 'sata', true, 8_001_563_222_016, 'ST8000NM0055-1RM112'],
      [1, 'sata', false, 240_057_409_536, 'INTEL SSDSC2BB240G7'],
    ],
    bios: [{ version: '3A10', date: '06/06/2018' }],
  },
  {
    ...{ vendor: 'HP', product: 'ProLiant DL160 Gen8', cpu: 'Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz', cores: 12 },
    ...{ dimms: 24, dimmGib: 8, gpus: 0 },
    disks: [[4, 'sata', true, 1_000_204_886_016, 'MB1000GCWCV']],
    bios: [
      { version: 'J03', date: '08/20/2014' },
      { version: 'J02', date: '09/08/2012' },
    ],
  },
];

function madeUp({ vendor, product, cpu, cores, dimms, dimmGib, disks, gpus, bios }: MadeUp): ServerModel {
  const record: NodeRecord = {
    schemaVersion: 1,
    sections: {
      system: ok({
        vendor,
        product,
        serial: 'CZ20300H4P',
        uuid: '4c4c4544-0035-3510-8052-b4c04f4e3732',
        chassis: { type: 'Rack Mount Chassis', assetTag: 'DC-004711' },
      }),
      board: ok({ vendor, product: `${product} board`, serial: 'CN7016345K00AB' }),
      firmware: ok({ vendor, ...bios[0], bootMode: 'uefi' as const }),
      cpu: ok({ architecture: 'x86_64', model: cpu, sockets: 2, cores, threads: cores * 2 }),
      memory: memoryOf(dimms, dimmGib),
      disks: ok(disksOf(disks)),
      nics: ok(NICS),
      pci: ok(
        Array.from({ length: 80 }, (_, at) => ({
          ...{ address: `0000:${at.toString(16).padStart(2, '0')}:00.0`, class: 'System peripheral', vendor: 'Intel Corporation' },
          ...{ device: `Sky Lake-E CHA Registers ${at}`, driver: 'pcieport' },
        })),
      ),
      bmc: ok({ product: 'BMC', firmware: '2.88', address: '192.0.2.9', mac: 'ac:1f:6b:22:40:09' }),
      kernel: { status: 'absent' },
      ...(gpus === 0 ? {} : { gpus: ok(Array.from({ length: gpus }, (_, at) => gpu(at))) }),
    },
    collectors: [{ id: 'dmidecode', status: 'ok', durationMs: 40 }],
  };
  return { record: structuredClone(record), bios };
}

function ok<Data>(data: Data): { status: 'ok'; data: Data } {
  return { status: 'ok', data };
}

function memoryOf(dimms: number, dimmGib: number): NodeRecord['sections']['memory'] {
  const installedBytes = dimms * dimmGib * GIB;
  return ok({
    ...{ totalBytes: installedBytes - 3 * GIB, installedBytes, ecc: 'Multi-bit ECC' },
    ...{ slots: dimms, slotsPopulated: dimms, slotsEmpty: 0 },
    dimms: Array.from({ length: dimms }, (_, at) => ({
      ...{ locator: `DIMM_${'ABCDEFGHIJKL'[at >> 1]}${(at % 2) + 1}`, populated: true, sizeBytes: dimmGib * GIB, type: 'DDR4' },
      ...{ ratedSpeedMtps: 2933, configuredSpeedMtps: 2933, manufacturer: 'Samsung', partNumber: 'M393A4K40CB2-CVF' },
      serial: `37A${String(at).padStart(2, '0')}F1C`,
    })),
  });
}

function disksOf(kinds: MadeUp['disks']): Disk[] {
  let letters = 0;
  return kinds.flatMap(([count, transport, rotational, sizeBytes, model], kind) =>
    Array.from({ length: count }, (_, at) => ({
      name: transport === 'nvme' ? `nvme${at}n1` : `sd${'abcdefghijklmnop'[letters++]}`,
      ...{ transport, rotational, sizeBytes, model },
      ...{ serial: `S64${kind}NX0T${String(at).padStart(2, '0')}1234`, smartPassed: true, powerOnHours: 21_000 },
    })),
  );
}

const CARD = { vendor: 'Mellanox Technologies', product: 'MT27800 Family [ConnectX-5]', driver: 'mlx5_core', firmware: '16.35.2000' };
const ONBOARD = { vendor: 'Intel Corporation', product: 'I350 Gigabit Network Connection', driver: 'igb', firmware: '1.63' };
const NICS = [
  { name: 'ens1f0np0', mac: '0c:42:a1:5e:10:00', linkUp: true, speedMbps: 25_000, ...CARD },
  { name: 'ens1f1np1', mac: '0c:42:a1:5e:10:01', linkUp: true, speedMbps: 25_000, ...CARD },
  { name: 'eno1', mac: 'ac:1f:6b:22:40:02', linkUp: true, speedMbps: 1000, ...ONBOARD },
  { name: 'eno2', mac: 'ac:1f:6b:22:40:03', linkUp: false, ...ONBOARD },
];

function gpu(at: number) {
  return {
    ...{ pciAddress: `0000:${(0x1a + at * 16).toString(16)}:00.0`, vendor: 'NVIDIA Corporation', model: 'NVIDIA A100-SXM4-80GB' },
    ...{ serial: `1563221000${at}41`, memoryBytes: 80 * GIB },
  };
}
