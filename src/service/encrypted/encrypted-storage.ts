import { join } from 'node:path';
import { messageOf } from '../../domain/values/message-of.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import type { MediumSpace } from '../../master/intake/space/room.ts';
import type { Medium } from '../../master/medium/medium.ts';
import { probeMedium } from '../../master/medium/probe-medium.ts';
import { makeDirectory, namesIn } from '../../platform/files/directories.ts';
import { exists, fileSystemSpace } from '../../platform/files/files.ts';
import { linkPath } from '../../platform/files/link-path.ts';
import { ENCRYPTED_FOLDER } from '../../records/encrypted-files.ts';
import { encryptedSize } from './encrypted-size.ts';
import { tellVisits } from './hidden-visits.ts';
import { openMirror } from './mirror.ts';
import { openMirrorLog } from './mirror-log.ts';

/** What of a stick the master serves, and does not write; of a pool the person who has the PIN. */
const SERVED = /^(isos|pool|post\.tgz|recon-.+\.tar\.gz(\.age)?)$/;

interface EncryptedStorageInput {
  stick: { directory: string; sync: () => Promise<void>; close: () => Promise<string | undefined>; medium: Medium | undefined };
  /** in RAM: all that the master reads again, in the clear */
  ramDirectory: string;
  /** public key of age */
  recipient: string;
  /** names the folder on the stick; a start of its own never touches that of another */
  startedAt: Date;
}

/** Storage of which the stick has the ciphertext only. */
export interface EncryptedStorage {
  directory: string;
  storage: 'stick';
  reason: undefined;
  sync(): Promise<void>;
  medium: Medium | undefined;
  space(): Promise<MediumSpace>;
  close(): Promise<string | undefined>;
}

/**
 * Storage that leaves nothing readable on the stick, at no time: records and ledger lie in RAM, and before a sync resolves, what is new in them is on
 * the stick, encrypted, and was read back from there. So a receipt still means what it says. Encrypted tarballs go to the stick as they are.
 * Nothing on the stick is ever written over. What else is on it is there by links. A restart of the service goes on with what is in RAM.
 */
export async function encryptedStorage({ stick, ramDirectory, recipient, startedAt }: EncryptedStorageInput): Promise<EncryptedStorage> {
  const parent = join(stick.directory, ENCRYPTED_FOLDER);
  await makeDirectory(ramDirectory);
  const log = await openMirrorLog(ramDirectory);
  const name = log.folder ?? (await freeName(parent, startedAt.toISOString().replaceAll(/[:.]/g, '-')));
  const folder = join(parent, name);
  await makeDirectory(folder);
  if (log.folder === undefined) {
    await tellVisits(stick.directory, ramDirectory);
    await log.begin(name);
  }
  for (const one of await namesIn(stick.directory))
    if (SERVED.test(one) && !(await exists(join(ramDirectory, one)))) await linkPath(join(stick.directory, one), join(ramDirectory, one));
  const mirror = openMirror({ stick, ramDirectory, recipient, folder, log });
  const sync = sharedRuns(() => mirror.run(false));
  return {
    ...{ directory: ramDirectory, storage: 'stick', reason: undefined, sync },
    medium: stick.medium === undefined ? undefined : mediumOf(stick.medium, stick, mirror.doubt),
    space: async () => {
      const [onStick, inRam] = [await fileSystemSpace(stick.directory), await fileSystemSpace(ramDirectory)];
      const { clusterBytes } = onStick;
      const left = Math.max(0, onStick.freeBytes - (await mirror.waitingBytes(clusterBytes)));
      return {
        ...{ freeBytes: Math.min(left, inRam.freeBytes), totalBytes: Math.min(onStick.totalBytes, inRam.totalBytes) },
        ...{ clusterBytes, sizeOnMedium: encryptedSize, isRam: inRam.freeBytes < left },
      };
    },
    close: async () => {
      // one that is still running has looked already
      await sync().catch(() => {});
      const trouble = await mirror.run(true).then(() => undefined, messageOf);
      return (await stick.close()) ?? trouble;
    },
  };
}

/** The stick's own, of which more must be true when it is back: it takes writes, and what it had is looked for. */
function mediumOf(medium: Medium, { directory, sync }: EncryptedStorageInput['stick'], doubt: () => void): Medium {
  return {
    look: () => medium.look(),
    reopen: async () => {
      await medium.reopen();
      await probeMedium(directory, sync);
      doubt();
    },
  };
}

/** A clock without a battery begins with the same time again and again. */
async function freeName(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${String(number).padStart(4, '0')}`;
    if (!(await exists(join(parent, free)))) return free;
  }
}
