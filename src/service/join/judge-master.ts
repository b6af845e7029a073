import { MasterAbout } from '../../domain/api.ts';
import { RECORD_SCHEMA } from '../../domain/record/node-record.ts';
import type { HttpAnswer } from '../../peer/http-answer.ts';

/** What the DHCP server of a network is, by its answer to the question who it is. */
export type MasterVerdict =
  /** it takes our record; `words`: what a person should know */
  | { kind: 'master'; words: string }
  /** it is no master of ours, or takes no record of ours */
  | { kind: 'other'; why: string }
  /** it may be asked again */
  | { kind: 'silent'; why: string };

/**
 * Judges the answer. A master of another version is given the record as long as the form of records is the same: its workload (post.tgz) makes the record
 * anyway, where it runs here. `version`: our own.
 */
export function judgeMaster(answer: HttpAnswer, version: string): MasterVerdict {
  if (answer.kind === 'none') return { kind: 'silent', why: `it does not answer (${answer.why})` };
  if (answer.status >= 500 || answer.status === 429) return { kind: 'silent', why: `it answers with HTTP status ${answer.status}` };
  const about = answer.status === 200 ? aboutIn(answer.body) : undefined;
  if (about === undefined) return { kind: 'other', why: 'it does not say that it is a Recon master' };
  if (about.recordSchema !== RECORD_SCHEMA)
    return {
      kind: 'other',
      why: `it is version ${about.version} and takes records of form ${about.recordSchema}, this machine (version ${version}) makes form ${RECORD_SCHEMA}: boot it from the network, or from a medium of that version`,
    };
  if (about.version === version) return { kind: 'master', words: `it is of the same version, ${version}` };
  return {
    kind: 'master',
    words: `it is of another version, ${about.version}; this machine has ${version}. The form of records is the same, so it is sent there`,
  };
}

function aboutIn(body: Buffer): MasterAbout | undefined {
  try {
    return MasterAbout.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}
