import type { ErrorCode } from '../../domain/errors.ts';

/** One thing that a build needs, and how it is here. */
export interface HostLine {
  what: string;
  /** how it was found, in a few words; for what is missing, why in one sentence */
  found: string;
  /** absent: it is there */
  missing?: { code: ErrorCode; hint: string };
}

export function there(what: string, found: string): HostLine {
  return { what, found };
}

export function lacks(what: string, code: ErrorCode, found: string, hint: string): HostLine {
  return { what, found, missing: { code, hint } };
}
