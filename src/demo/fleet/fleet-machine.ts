import type { NodeRecord } from '../../domain/record/node-record.ts';
import type { Disk } from '../../domain/record/storage.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { findings } from '../../judge/findings/findings.ts';
import { fingerprint } from '../../judge/identity/fingerprint.ts';
import type { ServerModel } from './made-up-models.ts';
import { respelled } from './respelled.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

const RACK_MACHINES = 36;

export interface FleetMachine {
  mac: MacAddress;
  record: NodeRecord;
}

export interface FleetOptions {
  seed: number;
  /** half a year later: some are gone, some are new, parts were swapped, cables moved, a third has a new BIOS */
  isLater: boolean;
  /** machines of a rack, which are of one model; 36 when missing */
  rackMachines?: number;
  /** makes a machine unlike its equals, beside what chance does */
  change?: (record: NodeRecord) => void;
}

/** Machine number `at` of the fleet; undefined where the rack has a gap, as it has for machines that are gone or not yet there. */
export function fleetMachine(
  at: number,
  models: readonly ServerModel[],
  { seed, isLater, rackMachines = RACK_MACHINES, change }: FleetOptions,
): FleetMachine | undefined {
  const random = seededRandom(seed, at, 'machine');
  const fate = random.next();
  if (isLater ? fate < 0.02 : fate > 0.98) return undefined;
  const rack = Math.floor(at / rackMachines);
  const model = seededRandom(seed, rack, 'rack').pick(models);
  const record = structuredClone(respelled(model.record, `${seed} ${at}`));
  const { sections } = record;
  makeOdd(record, model, random);
  if (isLater) age(record, model, seededRandom(seed, at, 'later'));
  if (sections.bmc.status === 'ok') sections.bmc.data.address = `10.${20 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`;
  const mac = macOf(at, seed);
  const isMoved = isLater && seededRandom(seed, at, 'moved').chance(0.01);
  cable(record, mac, { rack: rack + 1, unit: (at % rackMachines) + 1, isMoved }, seededRandom(seed, at, 'cables'));
  change?.(record);
  record.identity = fingerprint(record);
  record.findings = findings([{ name: mac, record }]).map(({ machine: _machine, ...finding }) => finding);
  return { mac, record };
}

function macOf(at: number, seed: number): MacAddress {
  const hex = (number: number): string => number.toString(16).padStart(2, '0');
  return `0c:42:${hex(seed & 255)}:${hex((at >> 16) & 255)}:${hex((at >> 8) & 255)}:${hex(at & 255)}`;
}

/** About one of twenty-five is unlike its equals, and one of ten has an older BIOS. */
function makeOdd({ sections }: NodeRecord, { bios }: ServerModel, random: SeededRandom): void {
  if (random.chance(0.1) && sections.firmware.status === 'ok')
    Object.assign(sections.firmware.data, bios[1 + Math.floor(random.next() * (bios.length - 1))]);
  if (random.chance(0.015) && sections.memory.status === 'ok') pullModule(sections.memory.data);
  if (sections.disks.status !== 'ok') return;
  const disks = sections.disks.data;
  if (random.chance(0.01)) disks.pop();
  if (random.chance(0.01) && disks[0] !== undefined) disks[0].model = `${disks[0].model ?? ''} rev B`;
  if (random.chance(0.004) && disks[0] !== undefined) disks[0].smartPassed = false;
}

/** A slot is empty whose module was there. */
export function pullModule(memory: Extract<NodeRecord['sections']['memory'], { status: 'ok' }>['data']): void {
  const at = memory.dimms.findLastIndex((dimm) => dimm.populated);
  const dimm = memory.dimms[at];
  if (dimm === undefined) return;
  const { sizeBytes = 0, locator } = dimm;
  memory.dimms[at] = { ...definedOnly({ locator }), populated: false };
  if (memory.installedBytes !== undefined) memory.installedBytes -= sizeBytes;
  if (memory.slotsPopulated !== undefined) memory.slotsPopulated -= 1;
  if (memory.slotsEmpty !== undefined) memory.slotsEmpty += 1;
}

function age({ sections }: NodeRecord, { bios: [newest] }: ServerModel, random: SeededRandom): void {
  if (random.chance(0.33) && sections.firmware.status === 'ok' && newest !== undefined)
    Object.assign(sections.firmware.data, { version: `${newest.version}.9`, date: '05/20/2026' });
  if (random.chance(0.01) && sections.disks.status === 'ok') renumber(sections.disks.data[0], random);
  if (random.chance(0.01) && sections.memory.status === 'ok') renumber(sections.memory.data.dimms[0], random);
}

function renumber(part: Pick<Disk, 'serial'> | undefined, random: SeededRandom): void {
  if (part !== undefined) part.serial = `NEW${Math.floor(random.next() * 1e9)}`;
}

/** Ports of its rack's two leaf switches and of a switch for management; a few machines lack a cable or run slower. */
function cable(
  { sections }: NodeRecord,
  mac: MacAddress,
  { rack, unit, isMoved }: { rack: number; unit: number; isMoved: boolean },
  random: SeededRandom,
): void {
  if (sections.nics.status !== 'ok') return;
  const ports = sections.nics.data.filter((nic) => nic.bmcLink !== true && nic.virtualFunction !== true && nic.bus !== 'usb');
  const [first] = ports;
  if (first !== undefined) Object.assign(first, { mac, permanentMac: mac });
  const [hasOneCable, isSlow, isSilent] = [random.chance(0.02), random.chance(0.02), random.chance(0.02)];
  for (const [number, nic] of ports.entries()) {
    delete nic.lldp;
    const isCabled = number < 2 && !(hasOneCable && number === 1);
    const isManagement = number === 2 && nic.speedMbps === 1000;
    Object.assign(nic, { linkUp: isCabled || isManagement });
    if (!nic.linkUp) delete nic.speedMbps;
    if ((!isCabled && !isManagement) || isSilent) continue;
    const name = isManagement ? `oob-r${String(rack).padStart(2, '0')}` : `leaf-r${String(rack).padStart(2, '0')}-${'ab'[number]}`;
    if (isCabled) nic.speedMbps = isSlow ? 10_000 : 25_000;
    nic.lldp = [
      {
        ...{
          chassisName: name,
          chassisId: switchMac(rack, isManagement ? 2 : number),
          chassisDescription: 'SONiC Software Version 202311',
        },
        ...{ portId: isManagement ? String(unit) : `Ethernet1/${isMoved ? unit + 12 : unit}`, pvid: isManagement ? 10 : 100 + (rack % 4) },
      },
    ];
  }
}

function switchMac(rack: number, number: number): string {
  const hex = (part: number): string => part.toString(16).padStart(2, '0');
  return `52:54:${hex(number)}:5a:${hex(rack >> 8)}:${hex(rack & 255)}`;
}
