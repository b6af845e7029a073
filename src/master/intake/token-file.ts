import { z } from 'zod';
import { MacAddress } from '../../domain/values/mac.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import { appendLines, readJsonLines } from '../../platform/files/append-log.ts';
import { writeAtomic } from '../../platform/files/files.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The upload that used a token up. */
const SpentOn = z.strictObject({ recordSha256: Sha256, captureSha256: Sha256.exactOptional() });
export type SpentOn = z.infer<typeof SpentOn>;

const MintedToken = z.strictObject({
  mac: MacAddress,
  token: Sha256,
  address: z.string().meta({ description: 'IP address that asked for it' }),
  isLeased: z.boolean().meta({ description: 'the address was known to be that of the machine; without that it replaces no record' }),
  mintedAtMs: z.number().meta({ description: 'by the monotonic clock of this boot, in milliseconds, as is the next' }),
  expiresAtMs: z.number(),
  isUsed: z.boolean().meta({ description: 'the machine came back with it' }),
  spentOn: SpentOn.exactOptional(),
});
export type MintedToken = z.infer<typeof MintedToken>;

/** Lines beyond twice what is valid before the file is written anew. */
const SPARE_LINES = 1000;

export interface TokenFile {
  /** what an earlier run left, oldest first; of a token that was noted again, the newest state */
  readonly found: MintedToken[];
  /** writes down a new or changed token */
  note(token: MintedToken): Promise<void>;
}

/** The state file of the tokens: one JSON line for each change, mode 0600, written anew when most of it is history. */
export async function openTokenFile(path: string, { live }: { live: () => MintedToken[] }): Promise<TokenFile> {
  const lines = await readJsonLines(path, MintedToken);
  const found = new Map<string, MintedToken>();
  for (const token of lines) {
    found.delete(token.token);
    found.set(token.token, token);
  }
  let lineCount = lines.length;
  let rewriteAbove = 2 * found.size + SPARE_LINES;
  let waiting: string[] = [];
  const write = async (): Promise<void> => {
    const some = waiting;
    waiting = [];
    if (lineCount + some.length <= rewriteAbove) {
      lineCount += some.length;
      return appendLines(path, some);
    }
    const tokens = live();
    await writeAtomic(path, tokens.map((token) => `${JSON.stringify(token)}\n`).join(''), 0o600);
    lineCount = tokens.length;
    rewriteAbove = 2 * tokens.length + SPARE_LINES;
  };
  // one after the other, because a rewrite must not overtake a line; those that wait go together
  const writeOut = sharedRuns(write);
  return {
    found: [...found.values()],
    note: (token) => {
      waiting.push(JSON.stringify(token));
      return writeOut();
    },
  };
}
