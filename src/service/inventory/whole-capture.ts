import { join } from 'node:path';
import type { CapturedCommand, CaptureIndex } from '../../domain/capture.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { capture } from '../../peer/capture/capture.ts';
import { joinParts } from '../../peer/capture/join-parts.ts';
import type { PortsClock } from '../../peer/capture/links-settled.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { run } from '../../platform/process/command.ts';
import type { TakenParts } from './order-parts.ts';
import { partDirectory } from './part-directories.ts';

interface WholeCaptureInput {
  /** the capture's directory; one beside it is used for a part */
  directory: string;
  /** has the parts captured that take root */
  takeParts: () => Promise<TakenParts>;
  ports: PortsClock;
  captureMs?: number;
  onCommand?: (command: CapturedCommand) => void;
  log: Log;
}

/**
 * The whole capture of this machine, made without root: the links are asked here, where they are seen, while units of root read the hardware and run
 * what the operator brought. Throws as {@link joinParts}, and what `takeParts` throws.
 */
export async function wholeCapture(input: WholeCaptureInput): Promise<CaptureIndex> {
  const { directory, takeParts, ports, captureMs, onCommand, log } = input;
  const links = `${directory}-links`;
  await removePath(directory);
  await removePath(links);
  // nobody mounts anything here
  const live = { efiMountPoint: join(links, 'unused'), ports };
  const [{ parts, broughtFailed }] = await Promise.all([
    takeParts(),
    capture(links, { run, log, parts: ['links'], live, ...definedOnly({ deadlineMs: captureMs, onCommand }) }),
  ]);
  const index = await joinParts(
    directory,
    [...parts.map(partDirectory), links],
    broughtFailed === undefined ? [] : [failedRow(broughtFailed)],
  );
  await removePath(links);
  return index;
}

/** What the operator brought must not keep a record from its master. */
function failedRow(reason: string): CapturedCommand {
  return { id: 'operator-programs', argv: ['systemctl', 'start', 'recon-brought.service'], status: 'failed', durationMs: 0, reason };
}
