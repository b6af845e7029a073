import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { nodeWith } from './export/node-with.ts';

type Data = Readonly<Record<string, unknown>>;

/** What each of these machines has, as an engineer with a torch would count it. */
export const FLEET_DRIVES = 24;

/** Sizes of the drives as their makers and tools say them, in bytes. */
const BYTES = {
  hdd8: 8_001_563_222_016,
  nvme: 3_840_755_982_336,
  sata: 480_103_981_056,
  /** `446.625 GB` of perccli, in powers of 1024 */
  printed480: Math.round(446.625 * 1024 ** 3),
};

export const FLEET_BYTES = 4 * BYTES.printed480 + 2 * 100e9 + 600e9 + 8 * BYTES.nvme + 5 * BYTES.hdd8 + 2 * BYTES.hdd8 + 2 * BYTES.sata;

/** Serial numbers of all drives. */
export const DRIVE_SERIALS: readonly string[] = [
  ...['P0', 'P1', 'P2', 'P3', 'H0', 'H1', 'H2'],
  ...numbers(8).map((at) => `N${at}`),
  ...numbers(5).map((at) => `J${at}`),
  ...['M0', 'M1', 'S0', 'S1'],
].map((name) => `DRIVE-${name}`);

/** Serial numbers of other parts. */
export const OTHER_SERIALS = {
  dimm: 'DIMM-1',
  supply: 'PSU-1',
  gpu: 'GPU-1',
  controller: 'CTRL-1',
  adapter: 'HBA-1',
  transceiver: 'SFP-1',
};

/** Machines whose drives are known in each of the ways there are. */
export const DRIVE_FLEET: readonly NodeRecord[] = [withPerc(), withSmartArray(), withNvme(), withHostAdapter(), withHiddenDrives()].map(
  (data) => nodeWith(data).record,
);

function withPerc(): Data {
  const drive = (at: number): object => ({
    ...{
      enclosure: '32',
      slot: String(at),
      state: 'Onln',
      medium: 'SSD',
      interface: 'SATA',
      sizeText: '446.625 GB',
      serial: `DRIVE-P${at}`,
    },
  });
  const volumes = [{ id: '0', level: 'RAID10', state: 'Optl', sizeText: '893.250 GB' }];
  const { dimm, supply, gpu, controller: serial, adapter, transceiver } = OTHER_SERIALS;
  return {
    disks: [{ name: 'sda', vendor: 'DELL', model: 'PERC H730P Mini', serial: '00aa', sizeBytes: 959_119_884_288, rotational: true }],
    storage: {
      controllers: [
        { id: '0', tool: 'perccli', model: 'PERC H730P', serial, virtualDrives: volumes, physicalDrives: numbers(4).map(drive) },
      ],
      hostAdapters: [{ name: 'host3', model: 'LPe32002', serial: adapter }],
    },
    memory: { dimms: [{ populated: true, locator: 'A1', sizeBytes: 2 ** 36, serial: dimm }] },
    powerSupplies: [{ name: 'PSU1', serial: supply }],
    gpus: [{ pciAddress: '0000:17:00.0', model: 'A2', serial: gpu }],
    nics: [{ name: 'eno1', mac: '52:54:00:00:00:01', transceiver: { partNumber: 'SFP-10G', serial: transceiver } }],
  };
}

function withSmartArray(): Data {
  const [a, b, c] = ['2I:1:7', '2I:1:8', '1I:1:1'].map((slot, at) => ({ slot, serial: `DRIVE-H${at}`, state: 'OK' }));
  const physicalDrives = [
    { ...a, interface: 'Solid State SATA', medium: 'SSD', sizeText: '100 GB' },
    { ...b, interface: 'Solid State SATA', medium: 'SSD', sizeText: '100 GB' },
    { ...c, interface: 'SAS', medium: 'HDD', sizeText: '600 GB' },
  ];
  const virtualDrives = [{ id: '1', level: 'RAID1', state: 'OK', sizeText: '93.1 GB', device: 'sda' }];
  return {
    disks: [{ name: 'sda', vendor: 'HP', model: 'LOGICAL VOLUME', serial: 'PCTRL', sizeBytes: 99_998_000_000 }],
    storage: { controllers: [{ id: 'slot 0', tool: 'ssacli', model: 'Smart Array P420i', virtualDrives, physicalDrives }] },
  };
}

/** Beside its drives the stick, the virtual floppy of its BMC, and a unit of a storage network. */
function withNvme(): Data {
  const drive = (at: number): object => ({
    name: `nvme${at}n1`,
    transport: 'nvme',
    model: 'MZQL',
    sizeBytes: BYTES.nvme,
    serial: `DRIVE-N${at}`,
  });
  return {
    disks: [
      ...numbers(8).map(drive),
      { name: 'sda', transport: 'usb', model: 'Stick', sizeBytes: 32e9, serial: 'USB-1' },
      { name: 'sdb', removable: true, mediumPresent: false, sizeBytes: 0, model: 'Virtual Floppy' },
      { name: 'sdc', transport: 'fc', sizeBytes: 5e12, serial: 'LUN-1' },
    ],
    storage: undefined,
  };
}

/** Five drives that Linux shows and the adapter's tool, too. */
function withHostAdapter(): Data {
  const ofLinux = (at: number): object => ({
    name: `sd${'abcde'[at]}`,
    transport: 'sas',
    rotational: true,
    sizeBytes: BYTES.hdd8,
    serial: `DRIVE-J${at}`,
  });
  const ofTool = (at: number): object => ({
    enclosure: '5',
    slot: String(at),
    state: 'JBOD',
    sizeText: '7.277 TB',
    serial: `drive-j${at} `,
  });
  return {
    disks: numbers(5).map(ofLinux),
    storage: { controllers: [{ id: '0', tool: 'storcli', model: 'SAS3008', virtualDrives: [], physicalDrives: numbers(5).map(ofTool) }] },
  };
}

/** No tool of the maker at hand: smartctl reaches two drives behind the controller, and two hang on the board. */
function withHiddenDrives(): Data {
  const hidden = (at: number): object => ({
    ...{
      smartctlType: `megaraid,${at}`,
      deviceId: String(at),
      interface: 'SAS',
      rotationRpm: 7200,
      sizeBytes: BYTES.hdd8,
      serial: `DRIVE-M${at}`,
    },
  });
  const own = (at: number): object => ({
    name: `sd${'ab'[at]}`,
    transport: 'sata',
    rotational: false,
    sizeBytes: BYTES.sata,
    serial: `DRIVE-S${at}`,
  });
  return {
    disks: [...numbers(2).map(own), { name: 'sdc', vendor: 'AVAGO', model: 'MR9361-8i', sizeBytes: BYTES.hdd8 }],
    storage: { hiddenDrives: numbers(2).map(hidden) },
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
