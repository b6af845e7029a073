import { join } from 'node:path';
import type { BootFacts } from '../../domain/role.ts';
import { aborted } from '../../domain/values/aborted.ts';
import { DNSMASQ_CONF } from '../../master/dhcp/dnsmasq/dnsmasq.ts';
import { type DnsmasqProcess, startDnsmasq } from '../../master/dhcp/dnsmasq/process.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { MACHINE_CONSOLES } from '../../platform/machine/consoles.ts';
import { type LineSocket, listenLines } from '../../platform/network/line-socket.ts';
import { runOk } from '../../platform/process/command.ts';
import { type WardenState, wardenActs } from './acts.ts';
import { answerLines, endedMessage } from './answer.ts';
import { STATE_DIRECTORY } from './state-directory.ts';
import { MASTER_USER_ID, WARDEN_SOCKET, type WardenMessage } from './words.ts';

/** A user of no name and no files, for dnsmasq: what a hostile DHCP packet makes of it is neither root nor the master. */
const DNSMASQ_USER_ID = 64_077;

/**
 * The part of a master that needs root, and that nobody on the network can talk to: it mounts the stick, reads this machine, and starts
 * dnsmasq as a user of its own. All else is `recon-master.service`, which it starts, and which asks it in words. Resolves after `signal`;
 * systemd ends the master first.
 * @throws ReconError `command-failed` when the master cannot be started
 */
export async function runWarden(facts: BootFacts, { signal, log }: { signal: AbortSignal; log: Log }): Promise<void> {
  const state: WardenState = { data: undefined, visit: undefined, inventory: Promise.resolve(), dnsmasq: undefined };
  await giveToUser(MASTER_USER_ID, MACHINE_CONSOLES);
  const listener = await listenLines(WARDEN_SOCKET, MASTER_USER_ID, (connection) => serveMaster(connection, facts, state, log));
  await runOk(['systemctl', 'start', '--no-block', 'recon-master.service'], { timeoutMs: 30_000 });
  await aborted(signal);
  await listener[Symbol.asyncDispose]();
  await state.dnsmasq?.stop();
  const trouble = await state.data?.close();
  if (trouble !== undefined) log.warn(`the stick was not written out: ${trouble}`);
}

/** One start of the master. What it began ends with it, and the stick stays mounted for the next one. */
function serveMaster(connection: LineSocket, facts: BootFacts, state: WardenState, log: Log): (line: string) => void {
  const hurry = new AbortController();
  let mine: DnsmasqProcess | undefined;
  const tell = (message: WardenMessage): void => connection.send(JSON.stringify(message));
  const start = (): DnsmasqProcess => {
    const running = startDnsmasq(DNSMASQ_USER_ID)(join(STATE_DIRECTORY, DNSMASQ_CONF), (line) => tell({ dnsmasqLine: line }));
    void running.exited.then((exit) => tell(endedMessage(exit)));
    mine = running;
    return running;
  };
  void connection.closed.then(async () => {
    hurry.abort();
    await mine?.stop();
  });
  return answerLines(connection, wardenActs({ facts, state, startDnsmasq: start, hurry, log }), tell, log);
}
