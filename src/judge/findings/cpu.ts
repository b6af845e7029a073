import type { Finding } from '../../domain/record/finding.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** Weaknesses of the processor that the kernel knows no cure for, mostly for want of newer microcode. A guest cannot tell. */
export function findCpuTrouble({ name, record }: NamedRecord): Finding[] {
  const cpu = sectionData(record.sections.cpu);
  if (cpu?.hypervisor !== undefined) return [];
  const open = Object.entries(cpu?.vulnerabilities ?? {}).filter(([, said]) => /^vulnerable/i.test(said));
  if (open.length === 0) return [];
  const microcode = cpu?.microcode === undefined ? '' : ` (microcode ${cpu.microcode})`;
  const message = `the processor is open to ${open.map(([which]) => which.replaceAll('_', ' ')).join(', ')}${microcode}; newer firmware may help`;
  return [{ severity: 'note', code: 'cpu-vulnerable', machine: name, message, evidence: `cpu.vulnerabilities.${open[0]?.[0]}` }];
}
