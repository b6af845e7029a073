import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { SelfInventory } from '../../master/intake/self-record.ts';
import type { PortsClock } from '../../peer/capture/links-settled.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import type { TakenParts } from '../inventory/order-parts.ts';
import { wholeCapture } from '../inventory/whole-capture.ts';
import { OWN_CAPTURE, OWN_RECORD_FILES } from './make-record.ts';
import { ownMac } from './own-mac.ts';

/** A record of the largest capture takes seconds. */
const RECORD_MS = 300_000;

interface OwnRecordInput {
  /** where captures and records of this machine are made, in RAM */
  directory: string;
  takeParts: () => Promise<TakenParts>;
  captureMs: number | undefined;
  shutdown: AbortSignal;
  /** our own program */
  recon: Argv;
  log: Log;
}

/**
 * The record of the master's own machine. It is made by a process for itself, because that keeps the master from answering for seconds.
 * @throws ReconError `command-failed`; `not-found` when the machine has no network card
 */
export async function takeOwnRecord({ directory, takeParts, captureMs, shutdown, recon, log }: OwnRecordInput): Promise<SelfInventory> {
  await makeDirectory(directory);
  const ports = portsClock(shutdown);
  let hasBrought = false;
  const { commands } = await wholeCapture({
    ...{ directory: join(directory, OWN_CAPTURE), ports, log, ...definedOnly({ captureMs }) },
    takeParts: async () => {
      const taken = await takeParts();
      hasBrought = taken.parts.includes('brought') || taken.broughtFailed !== undefined;
      return taken;
    },
  });
  await runOk([...recon, 'own-record', directory], { timeoutMs: RECORD_MS });
  const read = (name: string): Promise<Buffer> => readFile(join(directory, name));
  const [record, capture] = [await read(OWN_RECORD_FILES.record), await read(OWN_RECORD_FILES.capture)];
  // what the operator brought runs once and no more: it may be a test of an hour
  const lateCommands = hasBrought ? 0 : commands.filter(({ status }) => status === 'timeout').length;
  return { mac: ownMac(record), record, capture, lateCommands };
}

/** Ports get their time to find a link, unless this machine is about to go down. */
function portsClock(shutdown: AbortSignal): PortsClock {
  return {
    sinceMs: performance.now(),
    nowMs: () => (shutdown.aborted ? Number.POSITIVE_INFINITY : performance.now()),
    sleep: async (durationMs) => delay(durationMs, undefined, { signal: shutdown }).catch(() => undefined),
  };
}
