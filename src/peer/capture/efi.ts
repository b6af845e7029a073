import type { CapturedCommand } from '../../domain/capture.ts';
import { ReconError } from '../../domain/errors.ts';
import { ATTRIBUTE_BYTES, EFI_GLOBAL, EFIVARS, isInventoryVariable } from '../../inventory/sections/efi-boot-order.ts';
import { withoutOptionalData } from '../../inventory/tools/efi-load-option.ts';
import type { CaptureWriter } from '../../platform/files/capture-files.ts';
import { type RootedFiles, rootedFiles } from '../../platform/files/rooted-files.ts';
import { withEfiVariables } from '../../platform/machine/efi-variables.ts';
import type { RunCommand } from './runner.ts';

/** No boot entry that we know is larger; of a larger one the description comes first. */
const VARIABLE_CAP_BYTES = 4096;
const MOST_VARIABLES = 256;

export interface EfiCapture {
  files: RootedFiles;
  writer: CaptureWriter;
  run: RunCommand;
  /** where the variables may be mounted for a moment; without it only a system that has them mounted already is read */
  mountPoint: string | undefined;
  /** paths below `fs/` that were written */
  onFile: (path: string) => void;
}

/**
 * Copies the variables of the firmware that are inventory ({@link isInventoryVariable}), without what operating systems put behind their boot
 * entries. Never throws: it is a row like that of a command.
 */
export async function captureEfiVariables(capture: EfiCapture): Promise<CapturedCommand> {
  const row = { id: 'efi-variables', argv: ['mount', '-t', 'efivarfs', '-o', 'ro'] };
  const startedMs = performance.now();
  try {
    const outcome = await copy(capture);
    // a replay of a machine without them must be the same each time
    const durationMs = outcome.status === 'absent' ? 0 : Math.round(performance.now() - startedMs);
    return { ...row, durationMs, ...outcome };
  } catch (error) {
    const reason = error instanceof ReconError ? error.message : String(error);
    return { ...row, status: 'failed', durationMs: Math.round(performance.now() - startedMs), reason };
  }
}

async function copy(capture: EfiCapture): Promise<Pick<CapturedCommand, 'status' | 'reason'>> {
  const { files, run, mountPoint } = capture;
  if ((await files.resolve('sys/firmware/efi')) === undefined)
    return { status: 'absent', reason: 'no /sys/firmware/efi: this boot was not by UEFI' };
  const mounted = (await files.list(EFIVARS)).filter(isInventoryVariable);
  if (mounted.length > 0) return copyFrom(capture, files, EFIVARS, mounted);
  if (mountPoint === undefined) return { status: 'absent', reason: 'the variables of the firmware are not mounted' };
  return withEfiVariables({ run, mountPoint }, async (path) => {
    const variables = rootedFiles(path);
    return copyFrom(capture, variables, '', (await variables.list('')).filter(isInventoryVariable));
  });
}

async function copyFrom(
  { writer, onFile }: EfiCapture,
  from: RootedFiles,
  directory: string,
  names: readonly string[],
): Promise<Pick<CapturedCommand, 'status' | 'reason'>> {
  for (const name of names.slice(0, MOST_VARIABLES)) {
    const bytes = await from.read(directory === '' ? name : `${directory}/${name}`, VARIABLE_CAP_BYTES);
    if (bytes === undefined) continue;
    await writer.write(`fs/${EFIVARS}/${name}`, isBootEntry(name) ? withoutTail(bytes) : bytes);
    onFile(`${EFIVARS}/${name}`);
  }
  return names.length > 0 ? { status: 'ok' } : { status: 'absent', reason: 'the firmware shows no boot entries' };
}

function isBootEntry(name: string): boolean {
  return new RegExp(`^Boot[0-9A-F]{4}-${EFI_GLOBAL}$`).test(name);
}

function withoutTail(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, ATTRIBUTE_BYTES), withoutOptionalData(bytes.subarray(ATTRIBUTE_BYTES))]);
}
