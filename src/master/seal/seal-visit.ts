import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import type { SealTarball } from '../../seal/seal-apart.ts';
import { sealTarball, type TarballInput } from '../../seal/seal-tarball.ts';
import type { MasterEvent } from '../ledger/events.ts';
import type { MediumWatch } from '../medium/medium-watch.ts';
import { missingMachines, type Sources, verdictCodes } from '../verdict/node-summaries.ts';
import { type Sealing, startSealing } from './sealing.ts';

interface SealVisitInput
  extends Pick<
    TarballInput,
    | 'directory'
    | 'site'
    | 'imageVersion'
    | 'ledgerPath'
    | 'early'
    | 'signingKey'
    | 'encryptTo'
    | 'reportScript'
    | 'visit'
    | 'earlierVisits'
    | 'ofVisit'
  > {
  /** how; in this process when missing */
  sealTarball?: SealTarball;
  /** what the tarball goes to */
  medium: Pick<MediumWatch, 'guard' | 'sync'>;
  sources: Sources;
  now: () => Date;
  quietMs: number;
  log: Log;
  emit: (event: MasterEvent) => void;
}

/** Seals the visit: the newest records, and the verdicts on the machines without one. */
export function sealVisit({
  sources,
  now,
  quietMs,
  log,
  emit,
  medium,
  sealTarball: makeTarball = sealTarball,
  ...input
}: SealVisitInput): Sealing {
  const { ledger, store } = sources;
  let sealedVerdicts: string | undefined;
  const sealing = startSealing({
    quietMs,
    build: async (replaces, kind) => {
      await ledger.sync();
      const missing = missingMachines(sources);
      sealedVerdicts = verdictCodes(missing);
      const withoutCaptures = kind === 'without-captures';
      const seal = () =>
        makeTarball({ ...input, sync: medium.sync, now: now(), revisions: store.latest(), missing, replaces, withoutCaptures });
      return medium.guard(() => store.book.whileSealing(seal));
    },
    onSealed: (tarball) => emit({ kind: 'sealed', tarball }),
    onFailed: (error) => {
      const reason = messageOf(error);
      log.warn(`sealing: ${reason}`);
      const hint = error instanceof ReconError ? error.hint : undefined;
      emit({ kind: 'seal-failed', reason, ...definedOnly({ hint }) });
    },
  });
  return {
    changed: sealing.changed,
    seal: sealing.seal,
    get latest() {
      return sealing.latest;
    },
    get current() {
      return sealing.current;
    },
    get isShort() {
      return sealing.isShort;
    },
    stop: async () => {
      // verdicts come with time, without anything else that changes
      if (verdictCodes(missingMachines(sources)) !== (sealedVerdicts ?? '')) sealing.changed();
      await sealing.stop();
    },
  };
}
