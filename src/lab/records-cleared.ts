import { DATA_LABEL } from '../domain/image.ts';
import type { WorkDirectory } from '../platform/files/work-directory.ts';
import { openSealedTarball } from './checks/sealed-tarball.ts';
import type { ConsoleLine } from './machine/console-text.ts';
import type { LabMachine } from './plan/lab-plan.ts';
import type { TarballContent } from './stick/read-tarball.ts';
import { listDataFiles, type Stick, takeTarball, wordsInData } from './stick/stick.ts';

const READABLE = ['records', 'partial', 'incoming', 'ledger.jsonl', 'visits.jsonl'];

/**
 * Findings on a stick whose recon.yaml says `keepRecords: false`, after a second visit: what can still be read, and what of the first visit
 * is not in the tarball.
 */
export async function findUnclearedRecords(input: {
  stick: Stick;
  machines: readonly LabMachine[];
  before: TarballContent;
  identityPath: string;
  console: readonly ConsoleLine[];
  work: WorkDirectory;
}): Promise<string[]> {
  const { stick, machines, before, identityPath, console, work } = input;
  const names = await listDataFiles(stick);
  const left = names.filter((name) => READABLE.includes(name.replace(/\/$/, '')));
  const directory = await work.subdirectory('cleared');
  const serials = machines.flatMap(({ identity, disks }) => [identity.serial, ...disks.map(({ serial }) => serial)]);
  const words = await wordsInData(stick, serials, directory);
  const tarball = await openSealedTarball(await takeTarball(stick, directory), {
    identityPath,
    console,
    directory: await work.subdirectory('cleared/tarball'),
  });
  const lost = [...before.nodes.keys()].filter((mac) => !tarball.nodes.has(mac));
  return [
    ...left.map((name) => `${DATA_LABEL} still holds ${name}, although recon.yaml says keepRecords: false`),
    ...words.map((word) => `${DATA_LABEL} still holds the serial number ${word} in plain text`),
    ...lost.map((mac) => `the record of ${mac} was removed from the stick and is not in the tarball`),
    ...tarball.findings,
  ];
}
