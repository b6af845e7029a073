import type { Finding } from '../../domain/record/finding.ts';
import type { NamedRecord } from './judged-record.ts';

/** Files of the capture that nobody could read: what stands in them is not in the record. */
export function findUnreadFiles({ name, record }: NamedRecord): Finding[] {
  return (record.rawFiles ?? []).flatMap(({ path, state, reason }, at): Finding[] => {
    if (state !== 'not understood') return [];
    const message = `the file ${path} of the capture was not understood${reason === undefined ? '' : `: ${reason}`}`;
    return [{ severity: 'note', code: 'file-not-understood', machine: name, message, evidence: `rawFiles[${at}].path` }];
  });
}
