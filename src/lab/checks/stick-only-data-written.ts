import { DATA_LABEL } from '../../domain/image.ts';
import { fileSize, hashRange } from '../../platform/machine/disk-image-file.ts';
import type { Stick } from '../stick/stick.ts';

/** A part of the stick that must be as it was written. */
export interface StickRange {
  name: string;
  startBytes: number;
  endBytes: number;
  /** zero: behind the ISO, where nothing was ever written */
  expected: 'iso' | 'zero';
}

/** What surrounds the data partition. */
export function rangesOutsideData(data: { startBytes: number; sizeBytes: number }, isoBytes: number, stickBytes: number): StickRange[] {
  const dataEnd = data.startBytes + data.sizeBytes;
  const ranges: StickRange[] = [
    { name: `before ${DATA_LABEL}`, startBytes: 0, endBytes: data.startBytes, expected: 'iso' },
    { name: `after ${DATA_LABEL}`, startBytes: dataEnd, endBytes: Math.max(isoBytes, dataEnd), expected: 'iso' },
    { name: 'behind the image', startBytes: Math.max(isoBytes, dataEnd), endBytes: stickBytes, expected: 'zero' },
  ];
  return ranges.filter((range) => range.endBytes > range.startBytes);
}

/** Findings: each says which part of the stick was written although it is not the data partition. */
export async function findWritesOutsideData(stick: Stick, pristineZeroPath: string): Promise<string[]> {
  const ranges = rangesOutsideData(stick.data, await fileSize(stick.isoPath), await fileSize(stick.path));
  const findings: string[] = [];
  for (const range of ranges) {
    const found = await hashRange(stick.path, range.startBytes, range.endBytes);
    const expected =
      range.expected === 'iso'
        ? await hashRange(stick.isoPath, range.startBytes, range.endBytes)
        : await hashRange(pristineZeroPath, 0, range.endBytes - range.startBytes);
    if (found !== expected) findings.push(`the stick was changed ${range.name} (bytes ${range.startBytes} to ${range.endBytes})`);
  }
  return findings;
}
