import { type ErrorCode, ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from '../../platform/files/files.ts';
import { type MediumFault, mediumFaultOf } from '../../platform/files/medium-fault.ts';
import type { MediumTrouble } from './medium.ts';
import { mediumWords } from './trouble-words.ts';

/** What is held against the medium. */
export interface MediumBlame {
  readonly trouble: MediumTrouble | undefined;
  note(found: MediumTrouble): ReconError;
  /** @throws ReconError `medium-failed` while there is trouble */
  require(): void;
  /** for who only reads: one that takes no writes may be read. @throws ReconError `medium-failed` while the medium is gone */
  requireThere(): void;
  /** the same failure in words, when the medium is to blame for it */
  explain(error: unknown): Promise<unknown>;
  /** of a sync that failed: whatever it says, something did not reach the medium */
  onSync(error: unknown): Promise<ReconError>;
  /** it could not be brought back */
  again(error: unknown): Promise<void>;
  forgive(): void;
}

interface MediumBlameInput {
  dataDirectory: string;
  look: () => Promise<MediumTrouble | undefined>;
  /** called with each new kind of trouble */
  onTrouble: (trouble: MediumTrouble) => void;
}

const NO_ROOM: readonly ErrorCode[] = ['disk-full', 'capture-left-out'];

export function mediumBlame({ dataDirectory, look, onTrouble }: MediumBlameInput): MediumBlame {
  let trouble: MediumTrouble | undefined;
  const note = (found: MediumTrouble): ReconError => {
    // the reason alone may change with each look
    const isNews = trouble?.fault !== found.fault || (found.hint !== undefined && trouble?.hint !== found.hint);
    trouble = found;
    if (isNews) onTrouble(found);
    return mediumFailed(found);
  };
  /** a stick that was pulled fails first, and is seen to be gone then */
  const blame = async (fault: MediumFault, error: unknown): Promise<ReconError> => {
    const seen = await look().catch(() => undefined);
    return note(seen ?? asTrouble(fault, error));
  };
  /** the failure as it is, unless the medium is seen to be the reason */
  const otherwise = async (error: unknown): Promise<unknown> => {
    const seen = await look().catch(() => undefined);
    return seen === undefined ? error : note(seen);
  };
  return {
    get trouble() {
      return trouble;
    },
    note,
    require: () => {
      if (trouble !== undefined) throw mediumFailed(trouble);
    },
    requireThere: () => {
      if (trouble?.fault === 'gone') throw mediumFailed(trouble);
    },
    explain: async (error) => {
      // where a stick was mounted there is no room, and a raw capture would be left out for good
      if (error instanceof ReconError && NO_ROOM.includes(error.code)) return otherwise(error);
      // who has words for it already knows better what it means: one record that cannot be read is no reason to take the stick away
      if (error instanceof ReconError && error.code !== 'verify-failed') return error;
      const fault = faultOf(error);
      if (fault === 'full') return new ReconError('disk-full', 'the stick is full', { cause: error });
      if (fault !== undefined) return blame(fault, error);
      return isMissing(error, dataDirectory) ? otherwise(error) : error;
    },
    onSync: (error) => blame(faultOf(error) ?? 'failing', error),
    again: async (error) => {
      const before = trouble;
      const seen = (await look().catch(() => undefined)) ?? asTrouble(faultOf(error) ?? before?.fault ?? 'failing', error);
      // that it is gone is known; that another one is in its place is what helps
      const advice = error instanceof ReconError && error.hint !== undefined ? { reason: error.message, hint: error.hint } : {};
      note({ ...seen, ...advice });
    },
    forgive: () => {
      trouble = undefined;
    },
  };
}

function asTrouble(fault: MediumFault, error: unknown): MediumTrouble {
  return { fault: fault === 'full' ? 'failing' : fault, reason: messageOf(error) };
}

function mediumFailed(trouble: MediumTrouble): ReconError {
  const { sentence, hint } = mediumWords(trouble);
  return new ReconError('medium-failed', `${sentence.replace(/^T/, 't').replace(/\.$/, '')} (${trouble.reason})`, { hint });
}

/** What it says of the medium. A file that reads back otherwise than it was written is on a medium that fails. */
function faultOf(error: unknown): MediumFault | undefined {
  return error instanceof ReconError && error.code === 'verify-failed' ? 'failing' : mediumFaultOf(error);
}

function isMissing(error: unknown, directory: string): boolean {
  if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
  return error instanceof Error && 'path' in error && typeof error.path === 'string' && error.path.startsWith(`${directory}/`);
}
