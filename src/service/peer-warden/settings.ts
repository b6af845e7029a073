import { ReconError } from '../../domain/errors.ts';
import type { Role } from '../../domain/role.ts';
import { parseMac } from '../../domain/values/mac.ts';
import type { PeerSettings } from '../../peer/deps.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { BOOT_MAC_FILE, PEER_DIRECTORY, PEER_TOKEN } from './places.ts';

/** Where a peer's life is lived, from its boot. */
export type PeerPlace = Pick<Extract<Role, { role: 'peer' }>, 'masterUrl' | 'bootMac'>;

/**
 * What a workload is told of the machine. A boot loader that gave no BOOTIF leaves the port to who has a network.
 * @throws ReconError `not-found` when nobody has found it
 */
export async function peerSettings({ masterUrl, bootMac }: PeerPlace): Promise<PeerSettings> {
  const mac = bootMac ?? parseMac((await readOrUndefined(BOOT_MAC_FILE))?.toString('utf8').trim() ?? '');
  if (mac === undefined) throw new ReconError('not-found', `no network card of this machine leads to ${masterUrl}`);
  return { masterUrl, bootMac: mac, nodePath: process.execPath, tokenFile: PEER_TOKEN, runDirectory: PEER_DIRECTORY };
}
