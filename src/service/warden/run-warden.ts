import type { BootFacts } from '../../domain/role.ts';
import { aborted } from '../../domain/values/aborted.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { DnsmasqProcess } from '../../master/dhcp/dnsmasq/process.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { MACHINE_CONSOLES } from '../../platform/machine/consoles.ts';
import { type LineSocket, listenLines } from '../../platform/network/line-socket.ts';
import { runOk } from '../../platform/process/command.ts';
import { runInHostMounts } from '../../platform/process/unit-for-a-moment.ts';
import { secondStick } from '../second-stick/second-stick.ts';
import { type WardenState, wardenActs } from './acts.ts';
import { answerLines, endedMessage } from './answer.ts';
import { DNSMASQ_SOCKET, DNSMASQ_UNIT, type HeardUnit, heardUnit } from './heard-unit.ts';
import type { WardenMessage } from './message.ts';
import { MASTER_USER_ID, WARDEN_SOCKET } from './words.ts';

/**
 * The part of a master that needs root, and that nobody on the network can talk to: it mends the stick, and has systemd mount it and start what else
 * a master is made of, each as a unit of its own. One of them is `recon-master.service`, which asks it in words. Resolves after `signal`; systemd ends
 * the master first. Or with the port by which this machine is to be the peer of another master, when its own has ended. `cameBackAtMs`: from such a one.
 * @throws ReconError `command-failed` when the master cannot be started
 */
export async function runWarden(
  facts: BootFacts,
  { signal, log, cameBackAtMs }: { signal: AbortSignal; log: Log; cameBackAtMs?: number | undefined },
): Promise<MacAddress | undefined> {
  const bootDisk = facts.bootDevice?.replace(/^\/dev\//, '').replace(/\d+$/, '');
  const taker = await secondStick({ bootDisk, mount: runInHostMounts });
  const joining = Promise.withResolvers<MacAddress>();
  const state: WardenState = {
    ...{ data: undefined, visit: undefined, dnsmasq: undefined, secondStick: taker },
    ...{ isServing: false, hasGivenAddress: false, cameBackAtMs, onJoin: joining.resolve },
  };
  await giveToUser(MASTER_USER_ID, MACHINE_CONSOLES);
  await using dnsmasq = await heardUnit(DNSMASQ_UNIT, DNSMASQ_SOCKET);
  const listener = await listenLines(WARDEN_SOCKET, MASTER_USER_ID, (connection) =>
    serveMaster(connection, { facts, state, dnsmasq, log }),
  );
  await runOk(['systemctl', 'start', '--no-block', 'recon-master.service'], { timeoutMs: 30_000 });
  const port = await Promise.race([aborted(signal).then(() => undefined), joining.promise]);
  // it takes its addresses off, and asks for the rest of its words
  if (port !== undefined) await runOk(['systemctl', 'stop', 'recon-master.service'], { timeoutMs: MASTER_ENDS_MS });
  await listener[Symbol.asyncDispose]();
  const trouble = await state.data?.close();
  if (trouble !== undefined) log.warn(`the stick was not written out: ${trouble}`);
  return port;
}

/** As long as its unit may take (TimeoutStopSec), and systemd. */
const MASTER_ENDS_MS = 330_000;

interface Served {
  facts: BootFacts;
  state: WardenState;
  dnsmasq: HeardUnit;
  log: Log;
}

/** One start of the master. What it began ends with it, and the stick stays mounted for the next one. */
function serveMaster(connection: LineSocket, { facts, state, dnsmasq, log }: Served): (line: string) => void {
  let mine: DnsmasqProcess | undefined;
  const tell = (message: WardenMessage): void => connection.send(JSON.stringify(message));
  const start = (): DnsmasqProcess => {
    const tellLater = linesTogether((unitLines) => tell({ unitLines }));
    const running = dnsmasq.start((line) => {
      if (givesAddress(line)) state.hasGivenAddress = true;
      tellLater(line);
    });
    state.isServing = true;
    void running.exited.then((exit) => {
      if (state.dnsmasq === running) state.isServing = false;
      tell(endedMessage(exit));
    });
    mine = running;
    return running;
  };
  const acts = wardenActs({ facts, state, startDnsmasq: start, log });
  void connection.closed.then(async () => {
    // that of the next master is none of ours
    if (mine === state.dnsmasq) await mine?.stop();
  });
  return answerLines(connection, acts, tell, log);
}

/** Lines that come by one look, before anything else is done, are handed over together and in their order. */
export function linesTogether(take: (lines: string[]) => void): (line: string) => void {
  let waiting: string[] = [];
  return (line) => {
    if (waiting.length === 0)
      queueMicrotask(() => {
        const lines = waiting;
        waiting = [];
        take(lines);
      });
    waiting.push(line);
  };
}

/** Of both families. That a machine can put these words into its own names does no harm: then this one stays a master. */
export function givesAddress(line: string): boolean {
  return /\bDHCP(?:ACK|REPLY)\(/.test(line);
}
