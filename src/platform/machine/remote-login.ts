import { join } from 'node:path';
import { messageOf } from '../../domain/values/message-of.ts';
import { makeDirectory } from '../files/directories.ts';
import { exists, writeAtomic } from '../files/files.ts';
import type { Log } from '../log.ts';
import { commandError, run } from '../process/command.ts';

/** Read by recon-ssh.service; all of it is in RAM and ends with this boot. */
const DIRECTORY = '/run/recon/ssh';
const HOST_KEY = join(DIRECTORY, 'host_key');

/**
 * Lets the holder of a key log in as root over SSH, and says on the screen by what this machine is known. Never throws: a machine without
 * remote login is still inventoried.
 */
export async function startRemoteLogin(authorizedKey: string, log: Log): Promise<void> {
  try {
    await makeDirectory(DIRECTORY);
    await writeAtomic(join(DIRECTORY, 'authorized_keys'), `${authorizedKey}\n`, 0o600);
    if (!(await exists(HOST_KEY))) await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'recon', '-f', HOST_KEY]);
    await must(['systemctl', 'start', '--no-block', 'recon-ssh.service']);
    const fingerprint = await must(['ssh-keygen', '-l', '-f', `${HOST_KEY}.pub`]);
    log.info(`remote login is on, for the key of recon.yaml only: ssh root@… ${fingerprint.trim()}`);
  } catch (error) {
    log.warn(`remote login could not be started: ${messageOf(error)}`);
  }
}

async function must(argv: [string, ...string[]]): Promise<string> {
  const result = await run(argv, { timeoutMs: 30_000 });
  if (result.status !== 'ok') throw commandError(result);
  return result.stdout.toString('utf8');
}
