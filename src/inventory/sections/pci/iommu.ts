import type { CpuSection } from '../../../domain/record/cpu.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';

/** Whether Linux uses an IOMMU, by its groups. That there are none says something only where a kernel's whole /sys was copied. */
export function iommuOf(files: CopiedFiles): CpuSection['iommu'] | undefined {
  const links = Object.entries(files.index.links ?? {}).filter(([path]) => path.endsWith('/iommu_group'));
  const groups = new Set([...files.list('sys/kernel/iommu_groups'), ...links.map(([, target]) => target.split('/').at(-1) ?? '')]);
  if (groups.size > 0) return { enabled: true, groups: groups.size };
  return files.list('sys/devices/system/cpu/vulnerabilities').length > 0 ? { enabled: false } : undefined;
}
