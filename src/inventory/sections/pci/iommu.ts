import type { Capture } from '../../../domain/capture.ts';
import type { CpuSection } from '../../../domain/record/cpu.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { linkedName } from '../../values/copied-files.ts';

/** Whether Linux uses an IOMMU, by its groups. That there are none says something only where a kernel's whole /sys was copied. */
export function iommuOf(capture: Capture): CpuSection['iommu'] | undefined {
  const links = Object.entries(capture.index.links ?? {}).filter(([path]) => path.endsWith('/iommu_group'));
  const groups = new Set([...capture.list('sys/kernel/iommu_groups'), ...links.map(([, target]) => target.split('/').at(-1) ?? '')]);
  if (groups.size > 0) return { enabled: true, groups: groups.size };
  return capture.list('sys/devices/system/cpu/vulnerabilities').length > 0 ? { enabled: false } : undefined;
}

/** The group of one PCI function. */
export function iommuGroupOf(capture: Capture, address: string): number | undefined {
  return wholeNumber(linkedName(capture, `sys/bus/pci/devices/${address}/iommu_group`));
}
