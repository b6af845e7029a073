import type { Capture } from '../domain/capture.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { recordFindings } from '../judge/findings/findings.ts';
import { fingerprint } from '../judge/identity/fingerprint.ts';
import { normaliseBmc } from './sections/bmc.ts';
import { normaliseBoard } from './sections/board.ts';
import { normaliseCpu } from './sections/cpu/cpu.ts';
import { normaliseCustom } from './sections/custom.ts';
import { normaliseFirmware } from './sections/firmware.ts';
import { normaliseAccelerators, normaliseGpus } from './sections/gpus.ts';
import { normaliseKernel } from './sections/kernel.ts';
import { normaliseMemory } from './sections/memory.ts';
import { normaliseNetwork } from './sections/network/network.ts';
import { normaliseNics } from './sections/network/nics.ts';
import { normalisePci } from './sections/pci/pci.ts';
import { normaliseSlots } from './sections/pci-slots.ts';
import { normaliseFans, normalisePowerSupplies } from './sections/power-supplies.ts';
import { normaliseDisks } from './sections/storage/disks.ts';
import { normaliseStorage } from './sections/storage/storage.ts';
import { normaliseSystem } from './sections/system.ts';
import { normaliseTpm } from './sections/tpm.ts';
import { normaliseUsb } from './sections/usb.ts';
import { normaliseWatchdogs } from './sections/watchdogs.ts';
import { commandFailure, type SectionResult } from './values/section.ts';

/**
 * The record of a machine from its capture. Pure: the same capture gives the same record, on any host and at any time.
 * Never throws: a section that cannot be read is `failed`, and the others stand.
 */
export function normalise(capture: Capture): NodeRecord {
  const record = {
    schemaVersion: 1 as const,
    sections: {
      system: read(capture, ['dmidecode'], normaliseSystem),
      board: read(capture, ['dmidecode'], normaliseBoard),
      firmware: read(capture, ['dmidecode', 'efi-variables'], normaliseFirmware),
      cpu: read(capture, ['lscpu'], normaliseCpu),
      memory: read(capture, ['dmidecode'], normaliseMemory),
      disks: read(capture, ['lsblk', 'smartctl-', 'nvme-'], normaliseDisks),
      nics: read(capture, ['ip-', 'ethtool-', 'lldpctl'], normaliseNics),
      pci: read(capture, ['lspci'], normalisePci),
      bmc: read(capture, ['ipmi-'], normaliseBmc),
      kernel: read(capture, [], normaliseKernel),
      storage: read(capture, ['smartctl-', 'storcli-', 'perccli-', 'ssacli', 'mdadm-', 'lvm-'], normaliseStorage),
      network: read(capture, ['ip-', 'ethtool-', 'ibstat'], normaliseNetwork),
      gpus: read(capture, ['lspci', 'nvidia-smi'], normaliseGpus),
      accelerators: read(capture, ['lspci'], normaliseAccelerators),
      tpm: read(capture, ['dmidecode'], normaliseTpm),
      powerSupplies: read(capture, ['dmidecode'], normalisePowerSupplies),
      fans: read(capture, ['dmidecode'], normaliseFans),
      slots: read(capture, ['dmidecode'], normaliseSlots),
      usb: read(capture, ['lsusb'], normaliseUsb),
      watchdogs: read(capture, [], normaliseWatchdogs),
      custom: read(capture, ['custom-'], normaliseCustom),
    },
    collectors: capture.index.commands.map((command) =>
      definedOnly({ id: command.id, status: command.status, durationMs: command.durationMs, reason: commandFailure(capture, command) }),
    ),
  };
  return { ...record, identity: fingerprint(record), findings: recordFindings(record) };
}

/** The time of a section is that of its commands: there is no clock in here. A name that ends with a dash stands for all that begin so. */
function read<T>(
  capture: Capture,
  commands: readonly string[],
  readSection: (capture: Capture) => SectionResult<T>,
): SectionResult<T> & { durationMs?: number } {
  const isOurs = (id: string): boolean => commands.some((command) => (command.endsWith('-') ? id.startsWith(command) : id === command));
  const durations = capture.index.commands.filter((command) => isOurs(command.id)).map((command) => command.durationMs);
  const time = durations.length > 0 ? { durationMs: Math.max(...durations) } : {};
  try {
    return { ...readSection(capture), ...time };
  } catch (error) {
    return { status: 'failed', reason: messageOf(error), ...time };
  }
}
