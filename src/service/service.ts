import { decideRole } from '../domain/role.ts';
import { openConsoles } from '../platform/consoles.ts';
import type { Log } from '../platform/log.ts';
import { bootFacts } from './facts.ts';
import { runMaster } from './run-master.ts';
import { startPeer } from './run-peer.ts';

const CONSOLES = ['/dev/tty1', '/dev/ttyS0', '/dev/ttyS1'];

/**
 * What a live system does after booting: decide the role, live it, and stay until `signal`.
 * A peer that is done stays too, so that nothing starts it again.
 */
export async function runService(options: { signal: AbortSignal; log: Log }): Promise<void> {
  const facts = await bootFacts();
  const role = decideRole(facts);
  options.log.info(`role: ${role.role} (${role.reason})`);
  if (role.role === 'master') return runMaster(facts, options);
  const consoles = await openConsoles(CONSOLES);
  const log = loudLog(options.log, consoles.write);
  if (role.role === 'peer') await startPeer(role, log);
  else log.warn(`this machine does not know what it is: ${role.reason}. Nothing on it was changed; switch it off by hand.`);
  await new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    else options.signal.addEventListener('abort', () => resolve(), { once: true });
    // an empty event loop would end the process
    const keep = setInterval(() => {}, 3_600_000);
    options.signal.addEventListener('abort', () => clearInterval(keep), { once: true });
  });
  await consoles.close();
}

/** A log that people see on every screen of the machine, and the journal too. */
function loudLog(quiet: Log, write: (text: string) => void): Log {
  return {
    info: (message) => {
      quiet.info(message);
      write(`${message}\n`);
    },
    warn: (message) => {
      quiet.warn(message);
      write(`${message}\n`);
    },
    debug: (message) => quiet.debug(message),
  };
}
