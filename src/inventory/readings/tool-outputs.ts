import type { Capture } from '../../domain/capture.ts';
import { decodeText, wholeLines } from '../../domain/values/text.ts';

/** What the tools of a capture printed, by the ids of their commands. */
export interface ToolOutputs {
  /** of the commands that are in the capture, in its order */
  ids: readonly string[];
  bytes(id: string): Buffer | undefined;
  /** without a last line that was cut off; empty when the command printed nothing or did not run */
  text(id: string): string;
  /** of all commands whose id begins so */
  bytesOfEach(prefix: string): (Buffer | undefined)[];
}

/** The outputs of a capture. Each call reads and decodes anew. */
export function toolOutputs(capture: Pick<Capture, 'index' | 'output'>): ToolOutputs {
  const ids = capture.index.commands.map((command) => command.id);
  const bytes = (id: string): Buffer | undefined => capture.output(id);
  return {
    ids,
    bytes,
    text: (id) => wholeLines(decodeText(bytes(id))),
    bytesOfEach: (prefix) => ids.filter((id) => id.startsWith(prefix)).map(bytes),
  };
}
