import type { Capture } from '../domain/capture.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import { recordFindings } from '../judge/findings/findings.ts';
import { fingerprint } from '../judge/identity/fingerprint.ts';
import { rawFiles } from './raw-files.ts';
import { onceEach } from './readings/lazily.ts';
import { type Readings, readingsOf } from './readings/readings.ts';
import { normaliseBmc } from './sections/bmc.ts';
import { normaliseBoard } from './sections/board.ts';
import { normaliseCpu } from './sections/cpu/cpu.ts';
import { normaliseCustom } from './sections/custom.ts';
import { normaliseFirmware } from './sections/firmware.ts';
import { normaliseAccelerators, normaliseGpus } from './sections/gpus.ts';
import { normaliseKernel } from './sections/kernel.ts';
import { machineTree } from './sections/machine-tree.ts';
import { normaliseMemory } from './sections/memory.ts';
import { normaliseNetwork } from './sections/network/network.ts';
import { normaliseNics } from './sections/network/nics.ts';
import { normalisePci } from './sections/pci/pci.ts';
import { normaliseSlots } from './sections/pci-slots.ts';
import { normaliseFans, normalisePowerSupplies } from './sections/power-supplies.ts';
import { normaliseDisks } from './sections/storage/disks.ts';
import { normaliseStorage } from './sections/storage/storage.ts';
import { normaliseSystem } from './sections/system.ts';
import { disksWithTold, nicsWithTold } from './sections/told/devices.ts';
import { cpuWithTold, memoryTotalWithTold, systemWithTold, withTold } from './sections/told/facts.ts';
import { memoryWithTold, powerSuppliesWithTold } from './sections/told/parts.ts';
import { normaliseTpm } from './sections/tpm.ts';
import { normaliseUsb } from './sections/usb.ts';
import { normaliseWatchdogs } from './sections/watchdogs.ts';
import { commandFailure, type SectionResult } from './values/section.ts';

/**
 * The record of a machine from its capture. Pure: the same capture gives the same record, on any host and at any time.
 * Never throws: a section that cannot be read is `failed`, and the others stand.
 */
export function normalise(given: Capture): NodeRecord {
  // an output is read from its file once, whoever asks
  const capture = { ...given, output: onceEach(given.output) };
  const readings = readingsOf(capture);
  const sections = readSections(capture, readings);
  // what is used as it is needs no line: a machine with a thousand disks has thousands of files
  const unused = rawFiles(capture, readings).filter(({ state, reason }) => state !== 'used' || reason !== undefined);
  const record = {
    schemaVersion: 1 as const,
    sections,
    collectors: capture.index.commands.map((command) => {
      const { id, status, durationMs, file } = command;
      return definedOnly({ id, status, durationMs, reason: commandFailure(capture, command), file });
    }),
  };
  // what was printed stands in the capture as it is
  const told = visibleTexts({ ...record, ...(unused.length === 0 ? {} : { rawFiles: unused }) });
  return { ...told, identity: fingerprint(told), findings: recordFindings(told) };
}

/** In the order of the record; a section that others count by is read before them. */
function readSections(capture: Capture, readings: Readings): NodeRecord['sections'] {
  const read = sectionReader(capture, readings);
  const disks = read(['lsblk', 'smartctl-', 'nvme-', 'hdparm-', 'multipath', 'sg-ses-'], (all, files) =>
    disksWithTold(normaliseDisks(all, files), all.told),
  );
  const isListed = (name: string): boolean => readings.ipAddress.has(name) || readings.ipLink.has(name);
  const nics = read(['ip-', 'ethtool-', 'lldpctl'], (all, files) => nicsWithTold(normaliseNics(all, files), all.told, isListed));
  const pci = read(['lspci'], normalisePci);
  return {
    system: read(['dmidecode'], (all, files) => systemWithTold(withTold(normaliseSystem(all, files), [machineTree(files)]), all.told)),
    board: read(['dmidecode'], (all, files) =>
      withTold(
        normaliseBoard(all, files),
        all.told.map((facts) => facts.board),
      ),
    ),
    firmware: read(['dmidecode', 'efi-variables', 'efibootmgr'], (all, files) =>
      withTold(
        normaliseFirmware(all, files),
        all.told.map((facts) => facts.firmware),
      ),
    ),
    cpu: read(['lscpu'], (all, files) => cpuWithTold(normaliseCpu(all, files), all.told)),
    memory: read(['dmidecode'], (all, files) => memoryTotalWithTold(memoryWithTold(normaliseMemory(all, files), all.told), all.told)),
    disks,
    nics,
    pci,
    bmc: read(['ipmi-'], (all, files) =>
      withTold(
        normaliseBmc(all, files),
        all.told.map((facts) => facts.bmc),
      ),
    ),
    kernel: read([], (_, files) => normaliseKernel(files)),
    storage: read(['smartctl-', 'storcli-', 'perccli-', 'megacli-', 'ssacli', 'mdadm-', 'lvm-'], (readings, files) =>
      normaliseStorage(readings, files, disks),
    ),
    network: read(['ip-', 'ethtool-', 'ibstat'], (readings, files) => normaliseNetwork(readings, files, nics)),
    gpus: read(['lspci', 'nvidia-smi', 'rocm-smi'], (readings) => normaliseGpus(readings, pci)),
    accelerators: read(['lspci'], (readings) => normaliseAccelerators(readings, pci)),
    tpm: read(['dmidecode'], normaliseTpm),
    powerSupplies: read(['dmidecode'], (all, files) => powerSuppliesWithTold(normalisePowerSupplies(all, files), all.told)),
    fans: read(['dmidecode'], normaliseFans),
    slots: read(['dmidecode'], normaliseSlots),
    usb: read(['lsusb'], normaliseUsb),
    watchdogs: read([], (_, files) => normaliseWatchdogs(files)),
    custom: read(['custom-'], (_, outputs) => normaliseCustom(outputs)),
  };
}

type ReadSection = <T>(
  commands: readonly string[],
  readSection: (readings: Readings, capture: Capture) => SectionResult<T>,
) => SectionResult<T> & { durationMs?: number };

/** The time of a section is that of its commands: there is no clock in here. A name that ends with a dash stands for all that begin so. */
function sectionReader(capture: Capture, readings: Readings): ReadSection {
  return (commands, readSection) => {
    const isOurs = (id: string): boolean => commands.some((command) => (command.endsWith('-') ? id.startsWith(command) : id === command));
    const durations = capture.index.commands.filter((command) => isOurs(command.id)).map((command) => command.durationMs);
    const time = durations.length > 0 ? { durationMs: Math.max(...durations) } : {};
    try {
      return { ...readSection(readings, capture), ...time };
    } catch (error) {
      return { status: 'failed', reason: messageOf(error), ...time };
    }
  };
}
