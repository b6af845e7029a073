import { gzipSync } from 'node:zlib';
import type { NodeRecord } from '../../../domain/record/node-record.ts';
import type { MacAddress } from '../../../domain/values/mac.ts';
import { type SeededNumbers, seededNumbers } from './seeded-numbers.ts';

/** What one machine sends. */
export interface GeneratedUpload {
  mac: MacAddress;
  record: Buffer;
  /** gzipped lines of files */
  capture: Buffer;
}

/** A record of 20 to 60 KB and a capture of 20 to 40 KB, as a server with many cards sends them; the same for the same numbers. */
export function generatedUpload(seed: string, machine: number, revision: number): GeneratedUpload {
  const random = seededNumbers(seed, machine, revision);
  const hex = machine.toString(16).padStart(6, '0');
  const mac = ['52', '54', '00', ...(hex.match(/../g) ?? [])].join(':');
  const lines = ['capture.json', 'raw/dmidecode.out', 'raw/lspci.out', 'fs/proc/cpuinfo'].map((path) =>
    // base64 of noise packs back to the size of the noise
    JSON.stringify({ path, base64: random.bytes(5000 + random.below(5000)).toString('base64') }),
  );
  return { mac, record: Buffer.from(JSON.stringify(recordOf(mac, machine, random))), capture: gzipSync(`${lines.join('\n')}\n`) };
}

function recordOf(mac: MacAddress, machine: number, random: SeededNumbers): NodeRecord {
  const absent = { status: 'absent' } as const;
  const serial = `YANK-${machine}`;
  const functions = 110 + random.below(190);
  return {
    schemaVersion: 1,
    sections: {
      system: { status: 'ok', data: { vendor: 'Example', product: 'R1', serial } },
      board: absent,
      firmware: absent,
      cpu: { status: 'ok', data: { model: 'Example CPU', sockets: 2, cores: 32, threads: 64 } },
      memory: absent,
      disks: { status: 'ok', data: [{ name: 'sda', model: 'SSD', serial: `${serial}-D`, sizeBytes: 480_103_981_056 }] },
      nics: { status: 'ok', data: [{ name: 'eno1', mac, linkUp: true }] },
      pci: {
        status: 'ok',
        data: Array.from({ length: functions }, (_, index) => ({
          address: `0000:${(index >> 3).toString(16).padStart(2, '0')}:00.${index & 7}`,
          class: 'Ethernet controller',
          vendor: 'Example',
          device: `Example card ${random.bytes(24).toString('hex')}`,
          driver: 'example',
        })),
      },
      bmc: absent,
      kernel: absent,
    },
    collectors: [],
  };
}
