import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { type CallBack, doThreadWork } from '../platform/process/thread-work.ts';
import { revisionName } from '../records/records-of-visits.ts';
import type { ClaimedTarball } from '../records/visit-log.ts';
import type { MakeEarlyRecord } from './early-machines.ts';
import { type SealedTarball, sealTarball, type TarballInput } from './seal-tarball.ts';

/** The name of this work; main.ts knows it. */
export const SEALING = 'sealing';

/** What of a {@link TarballInput} is data. */
export interface SealingInput extends Omit<TarballInput, 'sync' | 'early' | 'ofVisit' | 'replaces'> {
  replaces: { name: string; holds: { mac: string; revision: number }[] | undefined } | undefined;
  tarballs: readonly ClaimedTarball[] | undefined;
  /** which of the calls there are */
  asks: { sync: boolean; early: boolean };
}

/** What the thread asks the master. */
export interface SealingCalls extends Record<string, (...args: never[]) => Promise<unknown>> {
  sync(): Promise<void>;
  claim(name: string, holds: readonly string[]): Promise<void>;
  filesOf(mac: string): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
  makeRecord(machine: Parameters<MakeEarlyRecord>[0], reason: string): Promise<NodeRecord | undefined>;
}

/** `holds`: names of the revisions, as revisionName gives them. */
export type SealingOutcome = Omit<SealedTarball, 'holds'> & { holds: string[] };

/** Does the work of a thread that sealApart started. */
export async function sealInThread(): Promise<void> {
  await doThreadWork(async (input: SealingInput, call): Promise<SealingOutcome> => {
    const { holds = [], ...tarball } = await sealTarball(inputFrom(input, call));
    return { ...tarball, holds: holds.map(revisionName) };
  });
}

function inputFrom({ asks, tarballs, replaces, ...data }: SealingInput, call: CallBack): TarballInput {
  return {
    ...data,
    replaces:
      replaces === undefined ? undefined : { name: replaces.name, ...definedOnly({ holds: replaces.holds as SealedTarball['holds'] }) },
    ...(asks.sync ? { sync: async () => void (await call('sync')) } : {}),
    ...(asks.early ? { early: earlyFrom(call) } : {}),
    ...(tarballs === undefined
      ? {}
      : {
          ofVisit: {
            tarballs: () => tarballs,
            claim: async (name: string, holds: readonly string[]) => void (await call('claim', name, holds)),
          },
        }),
  };
}

function earlyFrom(call: CallBack): NonNullable<TarballInput['early']> {
  return {
    partial: {
      put: async () => {},
      // a buffer comes as the array that it is
      filesOf: async (mac) => {
        const files = (await call('filesOf', mac)) as ReadonlyMap<string, Uint8Array> | undefined;
        return files === undefined ? undefined : new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
      },
    },
    makeRecord: async (machine, reason) => (await call('makeRecord', machine, reason)) as NodeRecord,
  };
}
