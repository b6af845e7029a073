import { findTouchedDisks } from './checks/disks-untouched.ts';
import { bootMaster, powerDown } from './master-machine.ts';
import { LAB_PLAN } from './plan/lab-plan.ts';
import { pullStick } from './pulled-stick.ts';
import { findUnclearedRecords } from './records-cleared.ts';
import type { LabSetUp } from './set-up.ts';
import type { TarballContent } from './stick/read-tarball.ts';
import { askToClear } from './stick/stick-settings.ts';

const GOES_ON = /VISIT 1 GOES ON/;

/**
 * Findings of a second start of the same stick, under UEFI with Secure Boot on and without peers, which is to go on with the visit, because machine and day are
 * the same, to get over a stick that is pulled for a moment, and to leave nothing that can be read.
 */
export async function visitAgain(
  { bench, stick, settings, machines, prepared, work }: LabSetUp,
  before: TarballContent,
  say: (text: string) => void,
): Promise<string[]> {
  await askToClear(stick, bench.diskDir);
  await using vm = await bootMaster(
    bench,
    { boot: { kind: 'stick', path: stick.path }, firmware: 'uefi', secureBoot: true, run: '-uefi' },
    say,
  );
  const { identityPath } = settings;
  return [
    ...(vm.console.some(({ text }) => GOES_ON.test(text)) ? [] : [`${vm.name} did not say that its first visit goes on`]),
    ...(await pullStick(vm, bench, stick)),
    ...(await powerDown(vm)),
    ...(await findTouchedDisks(LAB_PLAN.master.name, vm.qmp, prepared)),
    ...(await findUnclearedRecords({ stick, machines, before, identityPath, console: vm.console, work })),
  ];
}
