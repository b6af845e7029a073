import { createHash } from 'node:crypto';
import { volumeUuid } from '../image/data-partition.ts';
import type { ImageIdentity } from '../image/identity.ts';

/** What tells one medium from all others: when both are in a machine, each system finds its own. */
export type MediumIdentity = Pick<ImageIdentity, 'signature' | 'volumeDate'>;

/**
 * Another identity than that of the medium which is copied: the same for the same seed, never the same as before. The day stays; hours,
 * minutes, seconds and hundredths are drawn, because the clock of a machine may stand anywhere.
 */
export function otherIdentity(before: MediumIdentity, seed: string | Uint8Array): MediumIdentity {
  for (let round = 0; ; round++) {
    const drawn = createHash('sha256').update('recon medium').update(Uint8Array.of(round)).update(seed).digest();
    const [hours, minutes, seconds, hundredths] = ([24, 60, 60, 100] as const).map((many, index) =>
      String(drawn.readUInt32LE(4 + 4 * index) % many).padStart(2, '0'),
    );
    const other = {
      signature: drawn.readUInt32LE(0),
      volumeDate: `${before.volumeDate.slice(0, 8)}${hours}${minutes}${seconds}${hundredths}`,
    };
    if (other.signature !== 0 && other.signature !== before.signature && other.volumeDate !== before.volumeDate) return other;
  }
}

/** The identity by the two names that menu and manifest have of it. */
export function identityOf({ isoUuid, dataPartitionUuid }: Pick<ImageIdentity, 'isoUuid' | 'dataPartitionUuid'>): MediumIdentity {
  return { signature: Number.parseInt(dataPartitionUuid, 16), volumeDate: isoUuid.replaceAll('-', '') };
}

/** `2026-11-20-21-40-01-00`, as udev shows it. */
export function isoUuidOf({ volumeDate }: MediumIdentity): string {
  return volumeUuid(volumeDate);
}
