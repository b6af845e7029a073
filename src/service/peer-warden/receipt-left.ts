import { ReconError } from '../../domain/errors.ts';
import { readReceipt } from '../../peer/run-files.ts';

/**
 * The first of these directories that holds a receipt of this life: without one nothing is switched off, whoever asks for it.
 * @throws ReconError `power-off-refused`
 */
export async function directoryWithReceipt(directories: readonly string[]): Promise<string> {
  for (const directory of directories) if ((await readReceipt(directory)) !== undefined) return directory;
  throw new ReconError('power-off-refused', 'this machine has no receipt for its record, so it is not switched off');
}
