import { join } from 'node:path';
import type { MacAddress } from '../../domain/values/mac.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { NETWORK_DIRECTORY, portNetwork } from './port-network.ts';

/** The port by which this machine is the peer of another master, in RAM and written by root alone; it outlives a restart of the service. */
export const JOIN_FILE = '/run/recon/join';
const NETWORKD = 'systemd-networkd.service';
const SYSTEMD_MS = 60_000;

/**
 * Has systemd-networkd take a lease at this port, and notes that the machine is a peer from now on.
 * @throws ReconError `command-failed`, and then it is none
 */
export async function joinNetwork(mac: MacAddress): Promise<void> {
  try {
    await makeDirectory(NETWORK_DIRECTORY);
    for (const [name, text] of Object.entries(portNetwork(mac))) await writeAtomic(join(NETWORK_DIRECTORY, name), text, 0o644);
    await runOk(['systemctl', 'start', NETWORKD], { timeoutMs: SYSTEMD_MS });
    await writeAtomic(JOIN_FILE, `${mac}\n`, 0o644);
  } catch (error) {
    await leaveNetwork(mac);
    throw error;
  }
}

/** The opposite: no lease, and no frame before somebody has looked. Never throws. */
export async function leaveNetwork(mac: MacAddress): Promise<void> {
  await removePath(JOIN_FILE);
  for (const name of Object.keys(portNetwork(mac))) await removePath(join(NETWORK_DIRECTORY, name));
  // without its first file it does not start again
  await runOk(['systemctl', 'stop', NETWORKD], { timeoutMs: SYSTEMD_MS }).catch(() => {});
}
