import { counted } from '../../../domain/values/counted.ts';
import type { ImageDifference } from '../store/compare-images.ts';
import { megabytes } from './image-words.ts';

/** What `recon image diff` says. */
export function differenceText({ from, to, kernelRelease, files, packages }: ImageDifference): string {
  const { added, removed, changed } = packages;
  const lines = [
    ...(kernelRelease === undefined ? [] : [`kernel ${kernelRelease.from} -> ${kernelRelease.to}`]),
    ...files.filter(({ isSame }) => !isSame).map(({ file, fromBytes, toBytes }) => `${file} ${size(fromBytes)} -> ${size(toBytes)}`),
    ...changed.map((one) => `~ ${one.name} ${one.from} -> ${one.to}`),
    ...added.map((one) => `+ ${one}`),
    ...removed.map((one) => `- ${one}`),
  ];
  if (lines.length === 0) return `${from} and ${to} are the same, byte for byte\n`;
  const counts = `${counted(changed.length, 'package')} changed, ${added.length} added, ${removed.length} removed`;
  return `${[`${from} -> ${to}: ${counts}`, ...lines].join('\n')}\n`;
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? 'none' : megabytes(bytes);
}
