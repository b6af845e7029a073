import { z } from 'zod';

/** How one command of a capture ended. `absent`: the tool is not installed, which is no error. */
export const CommandStatus = z.enum(['ok', 'failed', 'timeout', 'absent']);

export const CapturedCommand = z.looseObject({
  id: z.string().meta({ description: 'name of the command in the capture, and of its files raw/<id>.out and .err' }),
  argv: z.array(z.string()),
  status: CommandStatus,
  exitCode: z.int().exactOptional(),
  signal: z.string().exactOptional(),
  durationMs: z.number().nonnegative(),
  reason: z.string().exactOptional().meta({ description: 'why it is not ok, in words' }),
  file: z.string().startsWith('raw/').exactOptional().meta({ description: 'where its output lies, when that is not raw/<id>.out' }),
  truncated: z.boolean().exactOptional().meta({ description: 'the output was longer than what is kept' }),
});
export type CapturedCommand = z.infer<typeof CapturedCommand>;

/** `capture.json` at the top of a capture directory. */
export const CaptureIndex = z.looseObject({
  captureVersion: z.literal(1),
  takenAt: z.string().exactOptional().meta({ description: "when it was begun, by the machine's own clock: what lies behind it cannot be" }),
  commands: z.array(CapturedCommand),
  files: z.array(z.string()).exactOptional().meta({ description: 'paths below fs/ that were copied' }),
  unread: z
    .array(z.looseObject({ path: z.string(), reason: z.string() }))
    .exactOptional()
    .meta({ description: 'what of a directory that was made by hand is not read, and why' }),
  links: z
    .record(z.string(), z.string())
    .exactOptional()
    .meta({ description: 'where links such as sys/class/net/eth0 lead: the device path tells bus and PCI address' }),
});
export type CaptureIndex = z.infer<typeof CaptureIndex>;

/**
 * A capture as the normaliser sees it: reading is apart from parsing. `fs` paths have no leading slash
 * (`proc/meminfo`, `sys/class/net/eth0/address`).
 */
export interface Capture {
  index: CaptureIndex;
  /** stdout of a command, undefined when it was not run or its file is missing */
  output(id: string): Buffer | undefined;
  /** stderr of a command */
  errorOutput(id: string): Buffer | undefined;
  /** paths of all files below `raw/`, in byte order, those that no command has among them */
  rawPaths(): string[];
  /** a copied file */
  file(path: string): Buffer | undefined;
  /** names in a copied directory, sorted; empty when it is missing */
  list(path: string): string[];
}

/** What a path of a capture may look like; `!` stands for a slash in names of block devices (`cciss!c0d0`). */
const PLAIN_PATH = /^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9_@%+=:,.~-]+(\/[A-Za-z0-9_@%+=:,.~#!-]+)*$/;

export function isCapturePath(path: string): boolean {
  return path.length <= 1024 && PLAIN_PATH.test(path);
}

/** One attachment of a record as a line of `capture.jsonl.gz`: a file of the capture directory. */
export const CaptureLine = z.strictObject({
  path: z.string().max(1024).regex(PLAIN_PATH, 'not a plain relative path'),
  base64: z.base64(),
});
export type CaptureLine = z.infer<typeof CaptureLine>;

/** What the initrd of a peer has heard of switches (`networkctl lldp --json=short`), as a path below the root. */
export const EARLY_NEIGHBOURS = 'run/recon/early-neighbours.json';
