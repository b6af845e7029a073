import { messageOf } from '../domain/values/message-of.ts';
import type { Log } from '../platform/log.ts';
import { inThread, ThreadLost } from '../platform/process/thread.ts';
import { revisionName } from '../records/records-of-visits.ts';
import { type SealedTarball, sealTarball, type TarballInput } from './seal-tarball.ts';
import type { SealedRevision } from './sealed-revision.ts';
import { SEALING, type SealingCalls, type SealingInput, type SealingOutcome } from './sealing-thread.ts';

export type SealTarball = (input: TarballInput) => Promise<SealedTarball>;

/**
 * Seals in a thread of its own: machines and pages are answered meanwhile, and what it took of memory is given back. `program`: what the thread runs, our
 * own. Where no thread can be had it seals as everybody else does.
 */
export function sealApart(program: string, log: Log): SealTarball {
  return async (input) => {
    try {
      const outcome = (await inThread({ program, work: SEALING, input: inputFor(input), calls: callsOf(input) })) as SealingOutcome;
      const { holds, ...tarball } = outcome;
      return { ...tarball, holds: heldOnes(input.revisions, holds) };
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      log.warn(`${messageOf(error)}: ${messageOf(error.cause)}; the tarball is made without it`);
      return sealTarball(input);
    }
  };
}

/** Functions stay here, and what a seal does not look at: facts of ten thousand records take long to be copied. */
function inputFor({ sync, early, ofVisit, replaces, revisions, ...data }: TarballInput): SealingInput {
  return {
    ...data,
    revisions: revisions.map(plainRevision),
    replaces:
      replaces === undefined ? undefined : { name: replaces.name, holds: replaces.holds?.map(({ mac, revision }) => ({ mac, revision })) },
    tarballs: ofVisit?.tarballs(),
    asks: { sync: sync !== undefined, early: early !== undefined },
  };
}

function plainRevision(revision: SealedRevision): SealedRevision {
  const { facts: _known, ...plain } = revision as SealedRevision & { facts?: unknown };
  return plain;
}

function callsOf({ sync, early, ofVisit }: TarballInput): SealingCalls {
  return {
    sync: async () => sync?.(),
    claim: async (name, holds) => ofVisit?.claim(name, holds),
    filesOf: async (mac) => early?.partial.filesOf(mac),
    makeRecord: async (machine, reason) => early?.makeRecord(machine, reason),
  };
}

function heldOnes(revisions: readonly SealedRevision[], names: readonly string[]): SealedRevision[] {
  const held = new Set(names);
  return revisions.filter((revision) => held.has(revisionName(revision)));
}
