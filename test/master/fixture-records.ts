import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ImageManifest } from '../../src/domain/image.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';

/** A small record that the schema accepts; another serial number is another machine, in all that is told by. */
export function recordFor(serial: string): NodeRecord {
  const absent = { status: 'absent' } as const;
  const own = sha256Of(serial).slice(0, 12);
  const mac = (port: string): string => ['52', '54', ...(own.slice(0, 6).match(/../g) ?? []), port].join(':');
  return {
    schemaVersion: 1,
    sections: {
      system: {
        status: 'ok',
        data: { vendor: 'Example & Co', product: 'R1 "Rack"', serial, uuid: `4c4c4544-0042-3510-8052-${own}` },
      },
      board: absent,
      firmware: { status: 'ok', data: { vendor: 'Example', version: '2.1', bootMode: 'uefi' } },
      cpu: { status: 'ok', data: { model: 'Example CPU 2.4 GHz', sockets: 2, cores: 32, threads: 64 } },
      memory: {
        status: 'ok',
        data: {
          totalBytes: 134_900_000_000,
          installedBytes: 137_438_953_472,
          dimms: [{ locator: 'A1', populated: true, sizeBytes: 137_438_953_472, type: 'DDR4', configuredSpeedMtps: 2933 }],
        },
      },
      disks: {
        status: 'ok',
        data: [{ name: 'sda', sizeBytes: 480_103_981_056, model: 'SSD <fast>', serial: `D-${own}`, smartPassed: false }],
      },
      nics: {
        status: 'ok',
        data: [
          { name: 'eno1', mac: mac('01'), linkUp: true, speedMbps: 10_000, lldp: [{ chassisName: 'sw1', portId: 'Eth1/1' }] },
          { name: 'eno2', mac: mac('02'), linkUp: false },
        ],
      },
      pci: { status: 'failed', reason: 'lspci failed (exit code 1)' },
      bmc: { status: 'ok', data: { address: '192.0.2.9', mac: mac('09') } },
      kernel: absent,
    },
    collectors: [{ id: 'lspci', status: 'failed', durationMs: 3, reason: 'exit code 1' }],
  };
}

/** A gzipped capture with these files. */
export function captureOf(files: Record<string, string | Buffer>): Buffer {
  const lines = Object.entries(files).map(([path, content]) => JSON.stringify({ path, base64: Buffer.from(content).toString('base64') }));
  return gzipSync(`${lines.join('\n')}\n`);
}

export const sha256Of = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** For directories that nobody pulls out. */
export const withoutSync = async (): Promise<void> => {};

/** Chunks of a body as the network brings them. */
export async function* chunksOf(bytes: Uint8Array | string, size = 1000): AsyncIterable<Buffer> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

export function manifestFor(files: { kernel: Buffer; initrd: Buffer; rootImage: Buffer }): ImageManifest {
  const entry = (name: string, content: Buffer) => ({ name, sizeBytes: content.length, sha256: sha256Of(content) });
  return {
    manifestVersion: 1,
    recipe: 'debian-13',
    version: '13.0.1',
    commit: '0123456789ab',
    builtAt: '2026-11-20T00:00:00Z',
    node: '24.0.0',
    kernelRelease: '6.12.0-amd64',
    isoUuid: '2026-11-20-00-00-00-00',
    dataPartitionUuid: '12345678-03',
    dataSizeBytes: 1_000_000,
    files: {
      kernel: entry('linux-13.0.1', files.kernel),
      initrd: entry('initrd-13.0.1', files.initrd),
      rootImage: entry('recon-13.0.1.squashfs', files.rootImage),
    },
  };
}
