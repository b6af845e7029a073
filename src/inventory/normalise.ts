import type { Capture } from '../domain/capture.ts';
import type { NodeRecord } from '../domain/node-record.ts';
import { normaliseBmc } from './bmc.ts';
import { normaliseBoard } from './board.ts';
import { normaliseCpu } from './cpu.ts';
import { normaliseCustom } from './custom.ts';
import { normaliseDisks } from './disks.ts';
import { recordFindings } from './findings.ts';
import { normaliseFirmware } from './firmware.ts';
import { normaliseAccelerators, normaliseGpus } from './gpus.ts';
import { fingerprint } from './identity-keys.ts';
import { normaliseKernel } from './kernel.ts';
import { normaliseMemory } from './memory.ts';
import { normaliseNetwork } from './network.ts';
import { normaliseNics } from './nics.ts';
import { normalisePci } from './pci.ts';
import { normaliseSlots } from './pci-slots.ts';
import { normaliseFans, normalisePowerSupplies } from './power-supplies.ts';
import { present, reasonOf, type SectionResult } from './section.ts';
import { normaliseStorage } from './storage.ts';
import { normaliseSystem } from './system.ts';
import { normaliseTpm } from './tpm.ts';
import { normaliseUsb } from './usb.ts';
import { normaliseWatchdogs } from './watchdogs.ts';

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
      present({ id: command.id, status: command.status, durationMs: command.durationMs, reason: reasonOf(capture, command) }),
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
    return { status: 'failed', reason: error instanceof Error ? error.message : String(error), ...time };
  }
}
