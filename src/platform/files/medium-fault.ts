import { errorCode } from './files.ts';

/** What is wrong with a medium, by the class of the system's error. */
export type MediumFault = 'full' | 'read-only' | 'failing' | 'gone';

/** errno(3); a stick that was pulled gives EIO to what is cached no more, and ENODEV or ENXIO once its device is away. */
const FAULTS: Readonly<Record<string, MediumFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EIO: 'failing',
  // what a file system that finds itself damaged answers (ext4: EFSCORRUPTED and EFSBADCRC)
  EUCLEAN: 'failing',
  EBADMSG: 'failing',
  EREMOTEIO: 'failing',
  ETIMEDOUT: 'failing',
  ENODEV: 'gone',
  ENXIO: 'gone',
  ENOMEDIUM: 'gone',
  ESTALE: 'gone',
  ENOTCONN: 'gone',
  ESHUTDOWN: 'gone',
};

/** The class of a failure, or of what caused it; undefined when it says nothing about the medium. */
export function mediumFaultOf(error: unknown): MediumFault | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const fault = FAULTS[errorCode(at) ?? ''];
    if (fault !== undefined) return fault;
  }
  return undefined;
}
