import type { Capture } from '../../domain/capture.ts';
import { CUSTOM_PREFIX } from '../../domain/collectors.ts';
import type { CustomOutput } from '../../domain/record/custom.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { decodeText } from '../../domain/values/text.ts';
import { type CommandLog, commandFailure, ok, type SectionResult } from '../values/section.ts';

/** The rest of a long output is in the capture only: records are read by people and sent over the network. */
const MOST_LINES = 500;
const LONGEST_LINE = 1000;
const LARGEST_JSON_BYTES = 256 * 1024;
/** Deeper than anything that people read; programs that write it again would run out of stack. */
const DEEPEST = 50;

/** What the operator's own collectors printed: JSON as it is, anything else as lines. */
export function normaliseCustom(capture: Pick<Capture, 'output'> & CommandLog): SectionResult<CustomOutput[]> {
  const commands = capture.index.commands.filter(({ id }) => id.startsWith(CUSTOM_PREFIX));
  if (commands.length === 0) return { status: 'absent', reason: 'no collectors on the stick' };
  return ok(
    commands.map((command) => {
      const bytes = capture.output(command.id);
      const data = jsonOf(bytes);
      const lines = data === undefined ? linesOf(bytes) : [];
      return definedOnly<CustomOutput>({
        name: command.id.slice(CUSTOM_PREFIX.length),
        status: command.status === 'ok' || command.status === 'timeout' ? command.status : 'failed',
        durationMs: command.durationMs,
        reason: commandFailure(capture, command),
        data,
        lines: lines.length === 0 ? undefined : lines.slice(0, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE)),
        linesLeftOut: lines.length > MOST_LINES ? lines.length - MOST_LINES : undefined,
      });
    }),
  );
}

/** Only a whole object or list: a bare number or word is a line. */
function jsonOf(bytes: Uint8Array | undefined): CustomOutput['data'] {
  if (bytes === undefined || bytes.length > LARGEST_JSON_BYTES) return undefined;
  const text = decodeText(bytes).trim();
  if (!/^[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, DEEPEST) ? undefined : (value as CustomOutput['data']);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}

function linesOf(bytes: Uint8Array | undefined): string[] {
  const lines = decodeText(bytes).split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
