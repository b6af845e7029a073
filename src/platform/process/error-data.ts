import { type ErrorCode, ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { errorCode } from '../files/files.ts';

/** A failure as plain data: to another thread an error goes without its class, its code and its hint. */
export interface ErrorData {
  message: string;
  stack?: string;
  /** of the catalogue, or of the system (`ENOSPC`) */
  code?: string;
  hint?: string;
  isOurs: boolean;
  cause?: ErrorData;
}

const MOST_CAUSES = 5;

/** As data, with its causes. */
export function errorToData(error: unknown, depth = 0): ErrorData {
  if (!(error instanceof Error)) return { message: String(error), isOurs: false };
  const cause = error.cause === undefined || depth === MOST_CAUSES ? undefined : errorToData(error.cause, depth + 1);
  const isOurs = error instanceof ReconError;
  return {
    ...{ message: error.message, isOurs },
    ...definedOnly({ stack: error.stack, code: errorCode(error), hint: isOurs ? error.hint : undefined, cause }),
  };
}

/** The same failure again. */
export function errorFromData({ message, stack, code, hint, isOurs, cause }: ErrorData): Error {
  const why = cause === undefined ? undefined : errorFromData(cause);
  const error = isOurs
    ? new ReconError(code as ErrorCode, message, definedOnly({ hint, cause: why }))
    : Object.assign(new Error(message, definedOnly({ cause: why })), definedOnly({ code }));
  if (stack !== undefined) error.stack = stack;
  return error;
}
