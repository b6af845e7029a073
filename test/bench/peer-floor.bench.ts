import type { LabMachine } from '../../src/lab/plan/lab-plan.ts';
import type { TarballContent } from '../../src/lab/stick/read-tarball.ts';
import { tell, tellNotRun } from './frame/tell.ts';
import { openPeerRoom, plainPeer } from './peers/peer-room.ts';

/**
 * The least RAM with which a peer gives a whole record, on BIOS and UEFI, in virtual machines: the image of RECON_ISO= as a CD in the master, and peers of the
 * sizes of RECON_PEER_MEMORY= in MiB, at most four, two at a time. A record is whole when it has the sections of the roomiest machine of its firmware, and no
 * command ran into its time limit, which on a machine without enough memory is what programs do that are read and unpacked again and again.
 */
const iso = process.env['RECON_ISO'];
const SIZES_MIB = (process.env['RECON_PEER_MEMORY'] ?? '768,384,352,320').split(',').map(Number).slice(0, 4);
const FIRMWARES = ['bios', 'uefi'] as const;

if (iso === undefined) tellNotRun('it takes virtual machines: name an ISO image with RECON_ISO=');
else await printFloors(iso);

async function printFloors(isoPath: string): Promise<void> {
  const pairs = SIZES_MIB.map((mib, turn) =>
    FIRMWARES.map((firmware, index) => plainPeer(1 + turn * FIRMWARES.length + index, firmware, mib)),
  );
  await using room = await openPeerRoom(isoPath, pairs.flat());
  const ends = new Map<string, string>();
  for (const pair of pairs) await Promise.all(pair.map(async (machine) => ends.set(machine.name, (await room.run(machine)).words)));
  const tarball = await room.tarball();
  for (const firmware of FIRMWARES) {
    const machines = pairs.flat().filter((one) => one.firmware === firmware);
    printFloor(firmware, machines, { tarball, ends });
  }
}

function printFloor(
  firmware: string,
  machines: readonly LabMachine[],
  { tarball, ends }: { tarball: TarballContent; ends: Map<string, string> },
): void {
  const whole = sectionsOf(machines[0], tarball);
  let floorMib = Number.NaN;
  let isHeld = true;
  for (const machine of machines) {
    const late = lateCommands(machine, tarball);
    const missing = [...whole].filter((one) => !sectionsOf(machine, tarball).has(one));
    const isWhole = ends.get(machine.name) === 'a receipt' && late.length === 0 && missing.length === 0;
    isHeld &&= isWhole;
    if (isHeld) floorMib = machine.memoryMiB;
    const lacks = [...missing.map((one) => `no ${one}`), ...late.map((one) => `${one} ran into its time limit`)];
    process.stdout.write(
      `  ${firmware}, ${machine.memoryMiB} MiB: ${isWhole ? 'a whole record' : [ends.get(machine.name), ...lacks].join(', ')}\n`,
    );
  }
  if (Number.isNaN(floorMib)) throw new Error(`no peer with ${firmware} gave a whole record, with ${SIZES_MIB.join(', ')} MiB`);
  tell(`peer-floor.${firmware}`, { ours: [floorMib] });
}

function recordOf(machine: LabMachine | undefined, { nodes }: TarballContent) {
  const mac = machine?.nics[0]?.mac;
  const record = mac === undefined ? undefined : nodes.get(mac);
  return record?.origin === undefined ? record : undefined;
}

function sectionsOf(machine: LabMachine | undefined, tarball: TarballContent): Set<string> {
  const sections = Object.entries(recordOf(machine, tarball)?.sections ?? {});
  return new Set(sections.filter(([, section]) => (section as { status?: string }).status === 'ok').map(([name]) => name));
}

function lateCommands(machine: LabMachine, tarball: TarballContent): string[] {
  return (recordOf(machine, tarball)?.collectors ?? []).filter(({ status }) => status === 'timeout').map(({ id }) => id);
}
