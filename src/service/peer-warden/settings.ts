import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import type { PeerSettings } from '../../peer/deps.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { BOOT_MAC_FILE, MASTER_URL_FILE, PEER_DIRECTORY, PEER_TOKEN } from './places.ts';

/** Where a peer's life is lived, from its boot. What that did not tell (who the master is, which port leads there) is found by who has a network. */
export interface PeerPlace {
  masterUrl: string | undefined;
  bootMac: MacAddress | undefined;
}

/** It goes into an environment, line by line. */
const MasterUrl = z.string().regex(/^http:\/\/[0-9.]{7,15}$/);

/**
 * What a workload is told of the machine. A boot loader that gave no BOOTIF leaves the port to who has a network.
 * @throws ReconError `not-found` when nobody has found it
 */
export async function peerSettings({ masterUrl, bootMac }: PeerPlace): Promise<PeerSettings> {
  const url = masterUrl ?? MasterUrl.safeParse((await readOrUndefined(MASTER_URL_FILE))?.toString('utf8').trim()).data;
  if (url === undefined) throw new ReconError('not-found', 'no master was found yet');
  const mac = bootMac ?? parseMac((await readOrUndefined(BOOT_MAC_FILE))?.toString('utf8').trim() ?? '');
  if (mac === undefined) throw new ReconError('not-found', `no network card of this machine leads to ${url}`);
  return { masterUrl: url, bootMac: mac, nodePath: process.execPath, tokenFile: PEER_TOKEN, runDirectory: PEER_DIRECTORY };
}
