import type { CpuSection } from '../../../domain/record/cpu.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import type { LshwNode } from './tree.ts';

/** What lshw knows of the processors that is in no SMBIOS table. */
export function lshwCpu(nodes: readonly LshwNode[]): Pick<CpuSection, 'model' | 'microcode' | 'virtualization'> {
  const processors = nodes.filter((node) => node.class === 'processor' && !node.disabled);
  return definedOnly<Pick<CpuSection, 'model' | 'microcode' | 'virtualization'>>({
    model: processors.map((node) => meaningful(node.product)).find((model) => model !== undefined),
    microcode: processors.map(microcodeOf).find((revision) => revision !== undefined),
    virtualization: (['vmx', 'svm'] as const).find((flag) => processors.some((node) => node.capabilities.has(flag))),
  });
}

/** lshw prints it in decimal, the kernel in hexadecimal. */
function microcodeOf(node: LshwNode): string | undefined {
  const revision = wholeNumber(node.configuration.get('microcode'));
  return revision === undefined || revision === 0 ? undefined : `0x${revision.toString(16)}`;
}
