import { ReconError } from '../domain/errors.ts';
import { addressNumber } from '../domain/ipv4-subnet.ts';
import { appendPieces, emptyDirectory, replaceWithPieces } from '../platform/export-files.ts';
import { bmcAddress } from '../report/export/bmc-address.ts';
import { exportFleet } from '../report/export/export-fleet.ts';
import { exportMachines } from '../report/export/export-machine.ts';
import { exportFormat } from '../report/export/formats.ts';
import type { Visit } from '../report/visit.ts';

export interface ExportOptions {
  format: string;
  /** file or directory; without it a format of one file goes to `print` */
  output?: string;
  /** first of the IPv4 addresses that the machines get, one after the other */
  firstAddress?: string;
  print: (text: string) => void;
}

/**
 * Writes a visit's machines in a format of another program.
 * @throws ReconError `usage`, `not-writable`
 */
export async function exportVisit(visit: Visit, { format: name, output, firstAddress, print }: ExportOptions): Promise<void> {
  const format = exportFormat(name);
  if (format.shape === 'directory' && output === undefined)
    throw new ReconError('usage', `${name} makes several files`, { hint: '-o with a new directory for them' });
  const first = bmcAddress(firstAddress);
  if (firstAddress !== undefined && first === undefined)
    throw new ReconError('usage', `--first-address ${firstAddress} is not an IPv4 address of a machine`, { hint: 'for example 10.0.0.10' });
  const fleet = await exportFleet(visit.nodes());
  const machines = exportMachines(visit.nodes(), fleet, first === undefined ? undefined : addressNumber(first));
  const pieces = format.write(machines, visit);
  if (output === undefined) for await (const { text } of pieces) print(text);
  else if (format.shape === 'file') await replaceWithPieces(output, pieces);
  else await appendPieces(await emptyDirectory(output), pieces);
}
