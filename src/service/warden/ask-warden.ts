import { setTimeout as delay } from 'node:timers/promises';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import type { DnsmasqProcess, StartDnsmasq } from '../../master/dhcp/dnsmasq/process.ts';
import type { SelfInventory } from '../../master/intake/self-record.ts';
import type { Medium } from '../../master/medium/medium.ts';
import { errorCode } from '../../platform/files/files.ts';
import { connectLines, type LineSocket } from '../../platform/network/line-socket.ts';
import { syncFileSystem } from '../../platform/process/sync-file-system.ts';
import { readOwnRecord } from '../own/left-record.ts';
import type { DataStorage } from '../stick/data-storage.ts';
import { WARDEN_RESULTS, WARDEN_SOCKET, WardenMessage, type WardenResult, type WardenWord } from './words.ts';

/** The warden, as the master asks it. */
export interface Warden {
  openStorage(): Promise<WardenResult<'open-storage'>>;
  /** the storage that is open, as the master uses it */
  storageOf(opened: Pick<WardenResult<'open-storage'>, 'directory' | 'storage' | 'reason'>): DataStorage;
  /** lets the holder of recon.yaml's key log in, and gives what to say of it */
  openLogin(): Promise<string[]>;
  /** of this machine, as root */
  takeInventory(shutdown: AbortSignal): Promise<SelfInventory>;
  startDnsmasq: StartDnsmasq;
  isGoingDown(): Promise<boolean>;
  powerOff(): Promise<void>;
  /** aborted when the warden has gone: nothing works without it */
  readonly gone: AbortSignal;
  leave(): void;
}

const RETRY_MS = 200;

/** Connects to the warden; waits for it while it starts. @throws ReconError `infrastructure` when `signal` is aborted before */
export async function askWarden(signal: AbortSignal, path = WARDEN_SOCKET): Promise<Warden> {
  const line = await openLine(path, signal);
  const { ask } = line;
  return {
    openStorage: () => ask('open-storage'),
    storageOf: (opened) => storageOf(ask, opened),
    openLogin: async () => (await ask('open-login')).said,
    takeInventory: (shutdown) => takeInventory(ask, shutdown),
    startDnsmasq: (_, onLine) => remoteDnsmasq(line, onLine),
    isGoingDown: async () => (await ask('is-going-down')).isGoingDown,
    powerOff: async () => void (await ask('power-off')),
    ...{ gone: line.gone, leave: line.leave },
  };
}

type Ask = <W extends WardenWord>(word: W) => Promise<WardenResult<W>>;
type DnsmasqMessage = Extract<WardenMessage, { dnsmasqLine: string }> | Extract<WardenMessage, { dnsmasqEnded: object }>;

/** The connection: questions with their answers, and what dnsmasq says in between. */
interface WardenLine {
  ask: Ask;
  gone: AbortSignal;
  leave(): void;
  /** who is told what dnsmasq says; the latest one only */
  onDnsmasq: (message: DnsmasqMessage) => void;
}

async function openLine(path: string, signal: AbortSignal): Promise<WardenLine> {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const take = (text: string): void => {
    const message = WardenMessage.parse(JSON.parse(text));
    if (!('id' in message)) {
      line.onDnsmasq(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('failed' in message) asked?.reject(new ReconError('command-failed', message.failed));
    else asked?.resolve(message.result);
  };
  const socket = await connectPatiently(path, take, signal);
  const gone = new AbortController();
  void socket.closed.then(() => {
    for (const { reject } of waiting.values()) reject(wardenGone());
    waiting.clear();
    gone.abort();
  });
  let id = 0;
  const ask: Ask = async (word) => {
    if (gone.signal.aborted) throw wardenGone();
    id += 1;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    socket.send(JSON.stringify({ id, word }));
    // the schema of a word is that of its result
    return WARDEN_RESULTS[word].parse(await answer) as WardenResult<typeof word>;
  };
  const line: WardenLine = { ask, gone: gone.signal, leave: socket.close, onDnsmasq: () => {} };
  return line;
}

function wardenGone(): ReconError {
  return new ReconError('infrastructure', 'the part of this program that mounts the stick is not there', {
    hint: 'systemctl status recon',
  });
}

async function connectPatiently(path: string, onLine: (line: string) => void, signal: AbortSignal): Promise<LineSocket> {
  for (;;) {
    try {
      return await connectLines(path, onLine);
    } catch (error) {
      if (!['ENOENT', 'ECONNREFUSED', 'EACCES'].includes(errorCode(error) ?? '') || signal.aborted) throw error;
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

function storageOf(
  ask: Ask,
  { directory, storage, reason }: Pick<WardenResult<'open-storage'>, 'directory' | 'storage' | 'reason'>,
): DataStorage {
  const medium: Medium = {
    look: async () => (await ask('look-at-medium')).trouble,
    reopen: async () => {
      await ask('reopen-medium').catch((cause: unknown) => {
        throw new ReconError('medium-failed', messageOf(cause), { cause });
      });
    },
  };
  const onStick = storage === 'stick';
  return {
    ...{ directory, storage, reason },
    sync: onStick ? sharedRuns(() => syncFileSystem(directory)) : async () => {},
    medium: onStick ? medium : undefined,
    close: async () =>
      ask('close-storage').then(
        ({ trouble }) => trouble,
        (error: unknown) => messageOf(error),
      ),
  };
}

async function takeInventory(ask: Ask, shutdown: AbortSignal): Promise<SelfInventory> {
  const hurry = (): void => void ask('hurry').catch(() => {});
  if (shutdown.aborted) hurry();
  shutdown.addEventListener('abort', hurry, { once: true });
  await ask('take-inventory');
  return readOwnRecord();
}

/** dnsmasq as the warden has systemd run it: this master could not start it as another user. */
function remoteDnsmasq(line: WardenLine, onLine: (line: string) => void): DnsmasqProcess {
  const ended = Promise.withResolvers<{ exitCode: number | undefined; signal: string | undefined }>();
  const end = (): void => ended.resolve({ exitCode: undefined, signal: undefined });
  line.onDnsmasq = (message) => {
    if ('dnsmasqLine' in message) onLine(message.dnsmasqLine);
    else ended.resolve({ exitCode: message.dnsmasqEnded.exitCode, signal: message.dnsmasqEnded.signal });
  };
  line.gone.addEventListener('abort', end, { once: true });
  line.ask('start-dnsmasq').catch((error: unknown) => {
    onLine(messageOf(error));
    end();
  });
  return {
    pid: undefined,
    exited: ended.promise,
    stop: async () => {
      await line.ask('stop-dnsmasq').catch(() => {});
      end();
      return ended.promise;
    },
  };
}
