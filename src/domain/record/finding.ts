import { z } from 'zod';

/** From bad to merely worth knowing. */
export const SEVERITIES = ['critical', 'warning', 'note'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/** Something that an engineer would circle in the record of one machine. */
export const RecordFinding = z.looseObject({
  severity: Severity.meta({ description: 'critical: data or the machine is at risk; warning: look at it; note: worth knowing' }),
  code: z.string().meta({ description: 'kind of finding: dimm-slow, disk-worn …' }),
  message: z.string().meta({ description: 'what was found, in words' }),
  evidence: z.string().meta({
    description:
      'the field that shows it, below sections and without data: memory.dimms[3].configuredSpeedMtps; rawFiles[0].path where it is a file',
  }),
});
export type RecordFinding = z.infer<typeof RecordFinding>;

/** The same with its machine: a line of `findings.jsonl` in the tarball. */
export const Finding = z.looseObject({
  machine: z.string().meta({ description: 'MAC address that the machine is listed by' }),
  ...RecordFinding.shape,
});
export type Finding = z.infer<typeof Finding>;

/** How many findings there are of each severity. */
export const FindingCounts = z.looseObject({
  critical: z.int().nonnegative(),
  warning: z.int().nonnegative(),
  note: z.int().nonnegative(),
});
export type FindingCounts = z.infer<typeof FindingCounts>;

export function countFindings(findings: readonly { severity: Severity }[]): FindingCounts {
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return { critical: of('critical'), warning: of('warning'), note: of('note') };
}

/** The worst first; findings of equal severity keep their order. */
export function worstFirst<T extends { severity: Severity }>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
