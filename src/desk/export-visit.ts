import { ReconError } from '../domain/errors.ts';
import { appendPieces, emptyDirectory, replaceWithPieces } from '../platform/files/export-files.ts';
import { exportFleet } from '../report/export/fleet.ts';
import type { ExportFormat, ExportGiven, LeaveOut } from '../report/export/format.ts';
import { exportFormat } from '../report/export/formats/formats.ts';
import { type ExportMachine, exportMachines } from '../report/export/machine.ts';
import { machineAddresses } from '../report/export/machine-addresses.ts';
import type { Visit } from '../tarball/visit.ts';
import { exportGiven, type GivenWords } from './export-given.ts';

export interface ExportOptions extends GivenWords {
  format: string;
  /** file or directory; without it a format of one file goes to `print` */
  output?: string;
  /** first of the IPv4 addresses that the machines get, one after the other */
  firstAddress?: string;
  print: (text: string) => void;
  /** takes what is missing from the export, in sentences */
  warn: (sentence: string) => void;
}

/**
 * Writes a visit's machines in a format of another program. Lines that cannot be written are counted by their reason.
 * @throws ReconError `usage`, `not-writable`
 */
export async function exportVisit(
  visit: Visit,
  { format: name, output, firstAddress, print, warn, ...words }: ExportOptions,
): Promise<void> {
  const format = exportFormat(name);
  const given = await exportGiven(format, words);
  if (format.shape === 'directory' && output === undefined)
    throw new ReconError('usage', `${name} makes several files`, { hint: '-o with a new directory for them' });
  if (format.shape === 'binary' && output === undefined)
    throw new ReconError('usage', `${name} is no text for a terminal`, { hint: `-o machines.${name}` });
  if (format.needsAddresses === true && firstAddress === undefined)
    throw new ReconError('usage', `${name} needs an address for each machine`, { hint: '--first-address 10.0.0.10' });
  const toldFaults = visit.faults.length;
  const fleet = await exportFleet(visit.nodes());
  const addresses =
    firstAddress === undefined ? [] : machineAddresses(firstAddress, fleet.machineCount, new Set(fleet.bmcAddresses.keys()));
  const reasons = new Map<string, number>();
  const leaveOut = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  await writeExport(format, output, print, { machines: exportMachines(visit.nodes(), fleet, addresses), visit, leaveOut, given });
  // a line of nodes.jsonl that makes no sense is met only while it is read
  for (const fault of visit.faults.slice(toldFaults)) warn(fault);
  if (fleet.machineCount === 0) warn(`${visit.path} holds no machine with a record; the export is empty`);
  for (const [reason, count] of reasons) warn(`left out ${count === 1 ? 'once' : `${count} times`}: ${reason}`);
}

interface Written {
  machines: AsyncIterable<ExportMachine>;
  visit: Visit;
  leaveOut: LeaveOut;
  given: ExportGiven;
}

async function writeExport(
  format: ExportFormat,
  output: string | undefined,
  print: (text: string) => void,
  { machines, visit, leaveOut, given }: Written,
): Promise<void> {
  if (format.shape === 'binary') {
    if (output !== undefined)
      await replaceWithPieces(
        output,
        alone(() => format.bytes(machines, visit, leaveOut, given)),
      );
    return;
  }
  const pieces = format.write(machines, visit, leaveOut, given);
  if (output === undefined) for await (const { text } of pieces) print(text);
  else if (format.shape === 'file') await replaceWithPieces(output, pieces);
  else await appendPieces(await emptyDirectory(output), pieces);
}

async function* alone(bytes: () => Promise<Uint8Array>): AsyncGenerator<{ text: Uint8Array }> {
  yield { text: await bytes() };
}
