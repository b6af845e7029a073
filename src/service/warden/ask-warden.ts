import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import type { DnsmasqProcess, StartDnsmasq } from '../../master/dhcp/dnsmasq/process.ts';
import type { Medium } from '../../master/medium/medium.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { syncFileSystem } from '../../platform/process/sync-file-system.ts';
import type { TakenParts } from '../inventory/order-parts.ts';
import type { DataStorage } from '../stick/data-storage.ts';
import { JOIN_PORT_FILE } from './state-directory.ts';
import { openWardenLine, type WardenLine } from './warden-line.ts';
import { WARDEN_RESULTS, WARDEN_SOCKET, type WardenResult } from './words.ts';

/** The warden, as the master asks it. */
export interface Warden {
  openStorage(): Promise<WardenResult<'open-storage'>>;
  /** the storage that is open, as the master uses it */
  storageOf(opened: Pick<WardenResult<'open-storage'>, 'directory' | 'storage' | 'reason'>): DataStorage;
  /** lets the holder of recon.yaml's key log in, and gives what to say of it */
  openLogin(): Promise<string[]>;
  /** has this machine captured, as far as that takes root */
  takeParts(): Promise<TakenParts>;
  lookForSecondStick(): Promise<WardenResult<'look-for-second-stick'>>;
  /** the tarballs in RAM go onto the stick that was shown */
  takeRecords(): Promise<WardenResult<'take-records'>>;
  /** this machine becomes a peer by that port, and this master ends. @throws ReconError `command-failed` when it may not */
  becomePeer(port: MacAddress): Promise<void>;
  startDnsmasq: StartDnsmasq;
  isGoingDown(): Promise<boolean>;
  powerOff(): Promise<void>;
  /** aborted when the warden has gone: nothing works without it */
  readonly gone: AbortSignal;
  leave(): void;
}

/** Connects to the warden; waits for it while it starts. @throws ReconError `infrastructure` when `signal` is aborted before */
export async function askWarden(signal: AbortSignal, path = WARDEN_SOCKET): Promise<Warden> {
  const line = await openWardenLine(path, WARDEN_RESULTS, signal);
  const { ask } = line;
  return {
    openStorage: () => ask('open-storage'),
    storageOf: (opened) => storageOf(ask, opened),
    openLogin: async () => (await ask('open-login')).said,
    takeParts: () => ask('take-inventory'),
    lookForSecondStick: () => ask('look-for-second-stick'),
    takeRecords: () => ask('take-records'),
    becomePeer: async (port) => {
      await writeAtomic(JOIN_PORT_FILE, port);
      await ask('become-peer');
    },
    startDnsmasq: (_, onLine) => remoteDnsmasq(line, onLine),
    isGoingDown: async () => (await ask('is-going-down')).isGoingDown,
    powerOff: async () => void (await ask('power-off')),
    ...{ gone: line.gone, leave: line.leave },
  };
}

type Ask = WardenLine<typeof WARDEN_RESULTS>['ask'];

function storageOf(
  ask: Ask,
  { directory, storage, reason }: Pick<WardenResult<'open-storage'>, 'directory' | 'storage' | 'reason'>,
): DataStorage {
  const medium: Medium = {
    look: async () => (await ask('look-at-medium')).trouble,
    reopen: async () => {
      await ask('reopen-medium').catch((cause: unknown) => {
        throw new ReconError('medium-failed', messageOf(cause), {
          cause,
          ...definedOnly({ hint: cause instanceof ReconError ? cause.hint : undefined }),
        });
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

/** dnsmasq as the warden has systemd run it: this master could not start it as another user. */
function remoteDnsmasq(line: WardenLine<typeof WARDEN_RESULTS>, onLine: (line: string) => void): DnsmasqProcess {
  const ended = Promise.withResolvers<{ exitCode: number | undefined; signal: string | undefined }>();
  const end = (): void => ended.resolve({ exitCode: undefined, signal: undefined });
  line.onUnit = (message) => {
    if ('unitLines' in message) message.unitLines.forEach(onLine);
    else ended.resolve({ exitCode: message.unitEnded.exitCode, signal: message.unitEnded.signal });
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
