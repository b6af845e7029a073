import { ReconError } from '../../domain/errors.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { errorCode, exists } from '../../platform/files/files.ts';
import { type ByteSocket, connectBytes } from '../../platform/network/byte-socket.ts';
import { type Child, startChild } from '../../platform/process/child.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { isWholeAnswer, parseTpmAnswer, type TpmContents, type TpmQuestion, tpmQuestion } from './tpm-message.ts';

/** Where a TPM keeps its memory, and where it listens. */
export interface TpmPlace {
  stateDirectory: string;
  /** at most 107 characters */
  socketPath: string;
}

/** A TPM that waits for its machine; it ends with the machine's QEMU, and at the latest when disposed. */
export type VirtualTpm = AsyncDisposable;

const START_MS = 30_000;

/**
 * Starts a TPM 2.0 for QEMU. The state is made at the first start; swtpm(8).
 * @throws ReconError `infrastructure` with swtpm's words when it does not start
 */
export async function startVirtualTpm(place: TpmPlace): Promise<VirtualTpm> {
  const child = await startSwtpm(place, ['--ctrl', `type=unixio,path=${place.socketPath}`, '--terminate']);
  return { [Symbol.asyncDispose]: async () => void (await child.stop()) };
}

/**
 * What a TPM keeps, asked while no machine uses it.
 * @throws ReconError `infrastructure` when swtpm does not start or does not answer
 */
export async function readTpmContents(place: TpmPlace): Promise<TpmContents> {
  const child = await startSwtpm(place, ['--server', `type=unixio,path=${place.socketPath}`, '--flags', 'startup-clear']);
  try {
    const socket = await connectToTpm(place.socketPath);
    try {
      return {
        persistentObjects: await askTpm(socket, 'persistentObjects'),
        nvIndexes: await askTpm(socket, 'nvIndexes'),
        permanentAttributes: (await askTpm(socket, 'permanentAttributes'))[0] ?? 0,
        lockout: await askTpm(socket, 'lockout'),
      };
    } finally {
      socket.close();
    }
  } finally {
    await child.stop();
  }
}

/** The socket's file is there a moment before anybody listens. */
async function connectToTpm(path: string): Promise<ByteSocket> {
  const attempt = async (): Promise<ByteSocket | undefined> => {
    try {
      return await connectBytes(path);
    } catch (error) {
      if (errorCode(error) === 'ECONNREFUSED') return undefined;
      throw error;
    }
  };
  const socket = await waitFor(attempt, { timeoutMs: START_MS, pauseMs: 20 });
  if (socket === undefined) throw new ReconError('infrastructure', `swtpm does not listen on ${path}`);
  return socket;
}

async function askTpm(socket: ByteSocket, question: TpmQuestion): Promise<number[]> {
  return parseTpmAnswer(question, await socket.ask(tpmQuestion(question), isWholeAnswer));
}

async function startSwtpm({ socketPath, stateDirectory }: TpmPlace, listen: readonly string[]): Promise<Child> {
  await makeDirectory(stateDirectory);
  await removePath(socketPath);
  const said: string[] = [];
  let ended = false;
  // swtpm has no way to write a comma in a path, so the state is named from its own directory
  const argv = ['swtpm', 'socket', '--tpm2', '--tpmstate', 'dir=.,mode=0600', ...listen] as const;
  const child = startChild(argv, { cwd: stateDirectory, onLine: (line) => void said.push(line) });
  child.exited.then(
    () => {
      ended = true;
    },
    () => {},
  );
  const listens = await waitFor(async () => ((await exists(socketPath)) ? 'yes' : ended ? 'ended' : undefined), {
    timeoutMs: START_MS,
    pauseMs: 20,
  });
  if (listens === 'yes') return child;
  await child.stop();
  throw new ReconError('infrastructure', `swtpm does not start in ${stateDirectory}: ${said.join('; ') || 'it says nothing'}`, {
    hint: 'where AppArmor confines swtpm, let the rehearsal work below /tmp or your home directory: ./recon lab --work <directory>',
  });
}
