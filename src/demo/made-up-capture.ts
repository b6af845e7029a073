import { gzipSync } from 'node:zlib';
import type { CaptureIndex, CaptureLine } from '../domain/capture.ts';
import type { MacAddress } from '../domain/values/mac.ts';

/** The raw capture of a machine that nobody has: it says so. Gzipped, as a peer uploads it. */
export function madeUpCapture(mac: MacAddress): Buffer {
  const index: CaptureIndex = { captureVersion: 1, commands: [] };
  const files: readonly (readonly [path: string, text: string])[] = [
    ['capture.json', JSON.stringify(index)],
    ['raw/demo.out', `${mac} is made up: no tool has run on it.\n`],
  ];
  const lines = files.map(([path, text]): CaptureLine => ({ path, base64: Buffer.from(text).toString('base64') }));
  return gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
