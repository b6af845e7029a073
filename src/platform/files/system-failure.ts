import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from './files.ts';
import { mediumFaultOf } from './medium-fault.ts';

const NOT_ALLOWED: readonly string[] = ['EACCES', 'EPERM', 'EROFS'];
/** Said of a path that leads nowhere, where a file or directory is to be made. */
const NO_SUCH_PLACE: readonly string[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EISDIR'];

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
  if (NO_SUCH_PLACE.includes(errorCode(error) ?? '') && /, (mkdir|open) '/.test(messageOf(error)))
    return new ReconError('not-writable', messageOf(error), { cause: error, hint: 'Is there such a directory? Name another place.' });
  return undefined;
}
