import type { RecordFinding } from '../../../src/domain/record/finding.ts';
import { recordFindings } from '../../../src/judge/findings/findings.ts';
import { machineRecord } from '../machine-record.ts';

type Sections = Parameters<typeof machineRecord>[0];
type Said = readonly [severity: RecordFinding['severity'], code: string, message: string, evidence: string];

/** All that is said of a machine with these sections, word by word. */
export function foundIn(sections: Sections): Said[] {
  return recordFindings(machineRecord(sections)).map(({ severity, code, message, evidence }) => [severity, code, message, evidence]);
}

/** Only what is told. */
export function messagesIn(sections: Sections): string[] {
  return foundIn(sections).map(([, , message]) => message);
}
