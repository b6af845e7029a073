import { decimalSize } from './shown-size.ts';

/**
 * The size of a drive as its label says it: `3840755982336` as `3.84 TB`, and so does a controller that cuts it to 3.492 TB of 1024⁴ bytes. Of a size that no drive is
 * sold in, three digits.
 */
export function driveSize(bytes: number): string;
export function driveSize(bytes: number | undefined): string | undefined;
export function driveSize(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const label = LABEL_GB.find((size) => Math.abs(bytes / (size * GB) - 1) < NEAR);
  if (label === undefined) return decimalSize(bytes);
  return label < 1000 ? `${label} GB` : `${label / 1000} TB`;
}

const GB = 1000 ** 3;

/** What lies between a label and the drive: sectors beyond it, and what a RAID controller cuts off to a round number of its own. No two labels are so near. */
const NEAR = 0.006;

/** Sizes that drives are sold in, in GB. */
const LABEL_GB = [
  ...[8, 16, 18, 30, 32, 36, 60, 64, 73, 80, 100, 118, 120, 128, 146, 150, 160, 180, 200, 240, 250, 256, 280, 300, 320, 375, 400, 450, 480],
  ...[500, 512, 600, 640, 750, 800, 900, 960, 1000, 1024, 1200, 1500, 1600, 1800, 1920, 2000, 2048, 2400, 2500, 3000, 3200, 3840, 4000],
  ...[4096, 5000, 6000, 6400, 7680, 8000, 10_000, 12_000, 12_800, 14_000, 15_360, 16_000, 18_000, 20_000, 22_000, 24_000, 25_600, 26_000],
  ...[28_000, 30_000, 30_720, 32_000, 36_000, 61_440, 122_880],
];
