import { ReconError } from '../../../domain/errors.ts';
import { parseBootChoice } from '../../../domain/pool/boot-choice.ts';
import { PoolName } from '../../../domain/pool/pool-name.ts';
import { counted } from '../../../domain/values/counted.ts';
import type { KeptImages } from '../store/remove-image.ts';

/** A name of an image, as a person typed it. @throws ReconError `usage` with the rule that it breaks */
export function poolName(text: string): string {
  const parsed = PoolName.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ReconError('usage', `"${text}" is no name: ${parsed.error.issues[0]?.message}`, { hint: 'for example compute-debian-13' });
}

/** `NAME@VERSION` with a number: what is taken away is named in full. @throws ReconError `usage` */
export function numberedImage(text: string): { name: string; version: number } {
  const parsed = parseBootChoice(text);
  if (parsed !== undefined && typeof parsed.imageVersion === 'number') return { name: parsed.profile, version: parsed.imageVersion };
  throw new ReconError('usage', `"${text}" does not say which version`, { hint: 'write NAME@VERSION; recon image list shows them' });
}

/** @throws ReconError `usage` */
export function positiveCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new ReconError('usage', `"${text}" is no whole number above 0`);
}

/** What `recon image keep` has done. */
export function keptText(name: string, { removed, needed, failed }: KeptImages): string {
  const gone =
    removed.length === 0 ? `nothing of ${name} had to go` : `${counted(removed.length, 'version')} of ${name} gone: ${removed.join(', ')}`;
  return [
    gone,
    ...needed.map(({ version, users }) => `${name}@${version} stays: it is booted by ${users.join(', ')}`),
    ...failed.map(({ version, reason }) => `${name}@${version} could not be taken away: ${reason}`),
  ].join('\n');
}

/** Bytes for people, in the unit that manufacturers of disks use. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
