import { definedOnly } from '../../domain/values/defined-only.ts';
import type { PeerWarden } from '../../peer/peer-warden.ts';
import type { Log } from '../../platform/log.ts';
import { tellingProgress } from '../inventory/telling-progress.ts';
import { wholeCapture } from '../inventory/whole-capture.ts';
import { openWardenLine } from '../warden/warden-line.ts';
import { PEER_SOCKET, WORKLOAD_DIRECTORY } from './places.ts';
import { PEER_RESULTS } from './words.ts';

/** What is asked of it before there is a master. */
interface JoinerWarden extends PeerWarden {
  /** nobody that takes a record is there: this machine is to look whether it may be a master, and this peer ends */
  lookAgain(): Promise<void>;
}

/** Connects to the warden of a peer; waits for it while it starts. @throws the system's error when `signal` is aborted before */
export async function askPeerWarden(signal: AbortSignal, log: Log, socket = PEER_SOCKET): Promise<JoinerWarden> {
  const line = await openWardenLine(socket, PEER_RESULTS, signal);
  const { ask } = line;
  return {
    socket,
    leave: line.leave,
    capture: (directory, { ports, captureMs, onCommand }) =>
      wholeCapture({
        ...{ directory, ports, onCommand, log },
        takeParts: () => tellingProgress(onCommand, () => ask('take-inventory')),
        ...definedOnly({ captureMs }),
      }),
    openLogin: async () => (await ask('open-login')).said,
    hasBmc: async () => (await ask('has-bmc')).hasBmc,
    lookAgain: async () => void (await ask('look-again')),
    shutDown: async () => void (await ask('shut-down')),
    runWorkload: async (onLine) => {
      line.onUnit = (message) => {
        if ('unitLines' in message) message.unitLines.forEach(onLine);
      };
      const { exitCode, signal: killedBy } = await ask('run-workload');
      return { exitCode, signal: killedBy, runDirectory: WORKLOAD_DIRECTORY };
    },
  };
}
