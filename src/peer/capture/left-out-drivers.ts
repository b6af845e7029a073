import { fittingAliases, parseModuleAliases } from '../../domain/values/module-alias.ts';
import type { RootedFiles } from '../../platform/files/rooted-files.ts';

const DEVICES = 'sys/bus/pci/devices';
const CAP_BYTES = 4096;

/**
 * Of the image's table of drivers that it leaves out the lines that fit a PCI device of this machine: the whole of it would be larger than all the rest of
 * a capture.
 */
export async function linesOfThisMachine(table: Buffer, files: RootedFiles): Promise<Buffer> {
  const aliases = parseModuleAliases(table.toString('latin1'));
  const found = new Set<string>();
  for (const address of await files.list(DEVICES)) {
    const modalias = (await files.read(`${DEVICES}/${address}/modalias`, CAP_BYTES))?.toString('latin1').trim() ?? '';
    for (const { pattern, module } of fittingAliases(aliases, modalias)) found.add(`${pattern} ${module}\n`);
  }
  return Buffer.from([...found].sort().join(''), 'latin1');
}
