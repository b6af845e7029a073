import type { MacAddress } from '../../domain/values/mac.ts';
import { labDimms, labDisk } from '../plan/lab-hardware.ts';
import type { LabMachine } from '../plan/lab-plan.ts';

/** A machine of the rehearsed pool. */
export interface PoolLabNode {
  name: string;
  mac: MacAddress;
  address: string;
  firmware: 'bios' | 'uefi';
  memoryMiB: number;
  tap: string;
}

/** Where the head is on both of its sides. */
export const HEAD = { privateAddress: '10.10.0.1', publicAddress: '192.0.2.10', subnet: '10.10.0.0/16', peoplePort: 8443 } as const;

/** One that brings its iPXE along in the card, with the least memory that compute promises to run in; and one whose firmware knows PXE and nothing more. */
export const NODES = {
  bios: { name: 'node-000', mac: '52:54:00:66:00:01', address: '10.10.0.10', firmware: 'bios', memoryMiB: 192, tap: 'pool0' },
  // OVMF holds what it loads twice
  uefi: { name: 'node-001', mac: '52:54:00:66:00:03', address: '10.10.0.11', firmware: 'uefi', memoryMiB: 640, tap: 'pool1' },
} as const satisfies Record<string, PoolLabNode>;

/** Cables of a server that is the head, when it is a machine of its own; and where somebody is on the private side, to look at nodes. */
export const SERVER_TAPS = { public: 'poolpub', private: 'poolpriv' } as const;
export const LOOKER_ADDRESS = '10.10.255.250';

/** The card that takes the place of node-000's. */
export const NEW_CARD: MacAddress = '52:54:00:66:00:05';

/** A node as a virtual machine. What it boots uses no disk; the one of node-000 says so when it is booted. */
export function poolMachine({ name, mac, firmware, memoryMiB, tap }: PoolLabNode): LabMachine {
  const number = Number(name.slice(-1)) + 1;
  return {
    ...{ name, role: 'peer', firmware, memoryMiB },
    identity: {
      vendor: 'Rehearsal Works',
      product: `Diskless ${number}`,
      serial: `RPOOL000${number}`,
      uuid: `52454841-5253-414c-9000-00000000000${number}`,
      boardSerial: `RPBRD000${number}`,
      chassisSerial: `RPCHS000${number}`,
      assetTag: `RPTAG000${number}`,
    },
    dimms: labDimms(number, [memoryMiB]),
    nics: [{ model: 'virtio-net-pci', segment: 'lab', mac, tap }],
    // a firmware of UEFI boots no sector, and its node never boots a disk
    disks: firmware === 'bios' ? [labDisk(number, 0, 'boot-sector@virtio')] : [],
  };
}
