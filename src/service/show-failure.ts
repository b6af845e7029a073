import { ReconError } from '../domain/errors.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { wrapLines } from './wrap-lines.ts';

/** The journal has it from main.ts; who stands before the machine reads the screen. */
export async function showFailure(error: unknown): Promise<void> {
  const consoles = await openConsoles(MACHINE_CONSOLES);
  consoles.write(`${wrapLines(failureText(error)).join('\n')}\n`);
  await consoles.close();
}

/** What failed, why, and what to try, in the words of the error. */
function failureText(error: unknown): string {
  const message = `recon: ${messageOf(error)}`;
  return error instanceof ReconError && error.hint !== undefined ? `${message}\n  try: ${error.hint}` : message;
}
