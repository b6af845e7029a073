import { decideRole } from '../domain/role.ts';
import { aborted } from '../domain/values/aborted.ts';
import type { Log } from '../platform/log.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { bootFacts } from './facts.ts';
import { startPeer } from './run-peer.ts';
import { showFailure } from './show-failure.ts';
import { runWarden } from './warden/run-warden.ts';
import { wrapLines } from './wrap-lines.ts';

/**
 * What a live system does after booting: decide the role, live it, and stay until `signal`.
 * A peer that is done stays too, so that nothing starts it again.
 */
export async function runService(options: { signal: AbortSignal; log: Log }): Promise<void> {
  try {
    await live(options);
  } catch (error) {
    await showFailure(error);
    throw error;
  }
}

async function live(options: { signal: AbortSignal; log: Log }): Promise<void> {
  const facts = await bootFacts();
  const role = decideRole(facts);
  options.log.info(`role: ${role.role} (${role.reason})`);
  if (role.role === 'master') return runWarden(facts, options);
  const consoles = await openConsoles(MACHINE_CONSOLES);
  const log = loudLog(options.log, consoles.write);
  if (role.role === 'peer') await startPeer(role, log);
  else log.warn(`this machine does not know what it is: ${role.reason}. Nothing on it was changed; switch it off by hand.`);
  await untilAborted(options.signal);
  await consoles.close();
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  // an empty event loop would end the process
  const keep = setInterval(() => {}, 3_600_000);
  await aborted(signal);
  clearInterval(keep);
}

/** A log that people see on every screen of the machine, and the journal too. */
function loudLog(quiet: Log, write: (text: string) => void): Log {
  const show = (message: string): void => write(`${wrapLines(message).join('\n')}\n`);
  return {
    info: (message) => {
      quiet.info(message);
      show(message);
    },
    warn: (message) => {
      quiet.warn(message);
      show(message);
    },
    debug: (message) => quiet.debug(message),
  };
}
