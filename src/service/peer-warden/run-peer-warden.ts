import { TOKEN_FILE } from '../../domain/api.ts';
import { aborted } from '../../domain/values/aborted.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { errorCode } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import { movePath } from '../../platform/files/move-path.ts';
import type { Log } from '../../platform/log.ts';
import { MACHINE_CONSOLES } from '../../platform/machine/consoles.ts';
import { listenLines } from '../../platform/network/line-socket.ts';
import { runOk } from '../../platform/process/command.ts';
import { answerLines } from '../warden/answer.ts';
import { heardUnit } from '../warden/heard-unit.ts';
import type { WardenMessage } from '../warden/message.ts';
import { peerActs } from './acts.ts';
import { PEER_DIRECTORY, PEER_SOCKET, PEER_TOKEN, PEER_USER_ID, WORKLOAD_SOCKET, WORKLOAD_UNIT } from './places.ts';
import type { PeerPlace } from './settings.ts';

/**
 * The part of a peer that is root, and that nobody on the network can talk to: it has systemd read the hardware, run what the operator brought, and
 * switch off. `recon-peer.service`, which talks to the master, asks it in words. Resolves after `signal`; of one that has joined a master, also when
 * that is none, and its peer has ended.
 * @throws ReconError `command-failed` when the peer cannot be started
 */
export async function runPeerWarden(place: PeerPlace, { signal, log }: { signal: AbortSignal; log: Log }): Promise<void> {
  const again = Promise.withResolvers<'again'>();
  const onLookAgain = place.masterUrl === undefined ? () => again.resolve('again') : undefined;
  await makeDirectory(PEER_DIRECTORY);
  await keepToken();
  await giveToUser(PEER_USER_ID, [PEER_DIRECTORY, PEER_TOKEN, ...MACHINE_CONSOLES]);
  await using workload = await heardUnit(WORKLOAD_UNIT, WORKLOAD_SOCKET);
  await using _listener = await listenLines(PEER_SOCKET, PEER_USER_ID, (connection) => {
    const tell = (message: WardenMessage): void => connection.send(JSON.stringify(message));
    const acts = peerActs({ place, workload, onWorkloadLine: (line) => tell({ unitLines: [line] }), log, ...definedOnly({ onLookAgain }) });
    return answerLines(connection, acts, tell, log);
  });
  await runOk(['systemctl', 'start', '--no-block', 'recon-peer.service'], { timeoutMs: 30_000 });
  if ((await Promise.race([aborted(signal), again.promise])) === 'again')
    await runOk(['systemctl', 'stop', 'recon-peer.service'], { timeoutMs: PEER_ENDS_MS });
}

/** As long as systemd waits for a unit that says nothing else (DefaultTimeoutStopSec), and a while. */
const PEER_ENDS_MS = 120_000;

/** The initrd has left it for root. */
async function keepToken(): Promise<void> {
  await movePath(TOKEN_FILE, PEER_TOKEN).catch((error: unknown) => {
    // a machine without a token asks for one
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}
