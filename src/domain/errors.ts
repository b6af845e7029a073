import { definedOnly } from './values/defined-only.ts';

/** What a failure means outside: exit code of the program and status of an HTTP answer. */
interface CatalogueEntry {
  exitCode: number;
  httpStatus: number;
}

/**
 * Every failure that a person can meet, in one place.
 * Exit codes: 1 the work failed, 2 the call, what it was given or the surroundings are wrong and nothing was done, 3 there was nothing to do, 4 it was
 * done with what could be read of a damaged input, 5 nothing is wrong with a tarball but that nobody signed it.
 */
export const ERRORS = {
  usage: { exitCode: 2, httpStatus: 400 },
  /** no IP address or subnet in the spelling that we take */
  'address-malformed': { exitCode: 2, httpStatus: 400 },
  /** the private network has no room for one more segment */
  'subnets-exhausted': { exitCode: 1, httpStatus: 500 },
  /** what we sent into a network was not heard there by ourselves: we would not hear a foreign server either */
  'probe-unheard': { exitCode: 1, httpStatus: 500 },
  /** a network packet of ours would be longer than its protocol allows */
  'packet-too-large': { exitCode: 1, httpStatus: 500 },
  'recipe-unknown': { exitCode: 2, httpStatus: 404 },
  'target-unknown': { exitCode: 2, httpStatus: 404 },
  'host-unfit': { exitCode: 2, httpStatus: 500 },
  'not-root': { exitCode: 2, httpStatus: 500 },
  'not-writable': { exitCode: 2, httpStatus: 500 },
  'disk-full': { exitCode: 1, httpStatus: 503 },
  /** the master's data directory cannot be used: its medium is gone, read-only, or fails */
  'medium-failed': { exitCode: 1, httpStatus: 503 },
  'command-failed': { exitCode: 1, httpStatus: 500 },
  'build-failed': { exitCode: 1, httpStatus: 500 },
  'verify-failed': { exitCode: 1, httpStatus: 500 },
  'not-an-image': { exitCode: 1, httpStatus: 500 },
  infrastructure: { exitCode: 3, httpStatus: 500 },
  'lab-failed': { exitCode: 1, httpStatus: 500 },
  'master-unreachable': { exitCode: 1, httpStatus: 502 },
  'upload-refused': { exitCode: 1, httpStatus: 502 },
  'receipt-wrong': { exitCode: 1, httpStatus: 502 },
  'power-off-refused': { exitCode: 1, httpStatus: 500 },
  'capture-unreadable': { exitCode: 2, httpStatus: 400 },
  'body-malformed': { exitCode: 2, httpStatus: 400 },
  'body-too-large': { exitCode: 2, httpStatus: 413 },
  'too-slow': { exitCode: 1, httpStatus: 408 },
  'tarball-unreadable': { exitCode: 1, httpStatus: 422 },
  'tarball-damaged': { exitCode: 1, httpStatus: 422 },
  'tarball-incomplete': { exitCode: 4, httpStatus: 422 },
  /** whole, and nobody can say who made it */
  'tarball-unsigned': { exitCode: 5, httpStatus: 422 },
  'hash-mismatch': { exitCode: 1, httpStatus: 422 },
  /** the stick has room for the record, and none for its raw capture; 413 makes a peer go on without it, and say so in the record */
  'capture-left-out': { exitCode: 1, httpStatus: 413 },
  'attachment-missing': { exitCode: 1, httpStatus: 409 },
  'token-wrong': { exitCode: 1, httpStatus: 403 },
  /** an upload from an address that is not the machine's by a lease, and there is a record already */
  'record-kept': { exitCode: 1, httpStatus: 403 },
  'pin-wrong': { exitCode: 1, httpStatus: 403 },
  'pin-locked': { exitCode: 1, httpStatus: 429 },
  'database-failed': { exitCode: 1, httpStatus: 502 },
  /** a NetBox that is not there, not one, or out of order */
  'netbox-unreachable': { exitCode: 1, httpStatus: 502 },
  /** it does not take the token, a right is missing, or it refuses what was sent */
  'netbox-refused': { exitCode: 1, httpStatus: 502 },
  'identity-wrong': { exitCode: 1, httpStatus: 400 },
  forbidden: { exitCode: 1, httpStatus: 403 },
  /** a name, file or folder of nobody: what was typed is wrong, as with `usage` */
  'not-found': { exitCode: 2, httpStatus: 404 },
  /** the desired state of the boot pool contradicts itself; checked before it is accepted */
  'pool-broken': { exitCode: 2, httpStatus: 422 },
  /** somebody else changed the boot pool in between */
  'pool-stale': { exitCode: 2, httpStatus: 409 },
  /** an image of the boot pool that no machine should be given; nothing of it becomes visible */
  'image-faulty': { exitCode: 2, httpStatus: 422 },
  /** a version of an image that something boots is not taken away */
  'image-used': { exitCode: 2, httpStatus: 409 },
  /** a profile or group of the boot pool that something names is not taken away */
  'still-used': { exitCode: 2, httpStatus: 409 },
  /** what was asked for is so already */
  'nothing-to-do': { exitCode: 3, httpStatus: 409 },
  /** a change of the boot pool that does not say which revision it was thought out on */
  'revision-missing': { exitCode: 2, httpStatus: 428 },
  /** nobody is signed in, and a user or token is needed */
  'login-needed': { exitCode: 1, httpStatus: 401 },
  'login-wrong': { exitCode: 1, httpStatus: 401 },
  /** the issuer that people sign in with does not answer, or not as one; names and passwords go on working */
  'issuer-unreachable': { exitCode: 1, httpStatus: 502 },
  'login-locked': { exitCode: 1, httpStatus: 429 },
  /** the program cannot reach the head whose pool it is to show or change */
  'head-unreachable': { exitCode: 1, httpStatus: 502 },
  /** without this user nobody could sign in who may do everything */
  'last-admin': { exitCode: 2, httpStatus: 409 },
  busy: { exitCode: 1, httpStatus: 503 },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** A failure with a name from the catalogue; `hint` says what to try. */
export class ReconError extends Error {
  override readonly name = 'ReconError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, definedOnly({ cause: options.cause }));
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): number {
    return ERRORS[this.code].exitCode;
  }

  get httpStatus(): number {
    return ERRORS[this.code].httpStatus;
  }
}
