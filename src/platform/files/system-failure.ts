import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from './files.ts';
import { mediumFaultOf } from './medium-fault.ts';

const NOT_ALLOWED: readonly string[] = ['EACCES', 'EPERM', 'EROFS'];

/** What the system refuses wherever a person may name a file, in words; undefined for anything else. */
export function systemFailure(error: unknown): ReconError | undefined {
  if (error instanceof ReconError) return undefined;
  if (mediumFaultOf(error) === 'full')
    return new ReconError('disk-full', `there is no room left: ${messageOf(error)}`, {
      cause: error,
      hint: 'Remove what is not needed on that disk, or name a place with more room.',
    });
  if (NOT_ALLOWED.includes(errorCode(error) ?? ''))
    return new ReconError('not-writable', messageOf(error), {
      cause: error,
      hint: 'Is it yours to read and write? Name another place, or ask root.',
    });
  return undefined;
}
