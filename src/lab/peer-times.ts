import { join } from 'node:path';
import { writeAtomic } from '../platform/files/files.ts';
import type { LabSetUp } from './set-up.ts';
import type { TarballContent } from './stick/read-tarball.ts';
import { stageTimes } from './times/stage-times.ts';
import { timesJson, timesTable } from './times/times-table.ts';
import type { LabVisit } from './visit.ts';

/** The table of where the peers' time went; `times.json` in the work directory has it for programs. */
export async function tellPeerTimes(
  { peers, watched }: Pick<LabVisit, 'peers' | 'watched'>,
  { ledger }: Pick<TarballContent, 'ledger'>,
  { path }: LabSetUp['work'],
): Promise<string[]> {
  const times = peers.flatMap(({ machine, vm }) => {
    const own = ledger.filter(({ mac }) => machine.nics.some((nic) => nic.mac === mac));
    return stageTimes({ name: machine.name, ledger: own, console: vm.console, clockOffsetMs: watched.clockOffsetMs }) ?? [];
  });
  await writeAtomic(join(path, 'times.json'), timesJson(times));
  return timesTable(times);
}
