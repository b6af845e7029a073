import { type Command, InvalidArgumentError } from 'commander';
import { HEAD_PLACES } from '../domain/pool/head-places.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import type { ConnectionWords } from '../pool/remote/head-connection.ts';
import type { ChangeRequest, PoolRequests } from '../pool/remote/pool-requests.ts';

export interface HeadOptionsDeps {
  /** for people */
  print: (text: string) => void;
  /** for programs */
  printData: (text: string) => void;
  environment: Readonly<Record<string, string | undefined>>;
  /** asks whoever sits there; undefined when nobody does */
  ask: (question: string) => Promise<string | undefined>;
}

/** What each command takes that asks a head. */
export interface HeadWords extends ConnectionWords {
  json?: true;
  ifRevision?: number;
}

/** How a head is reached, and whether a person or a program reads the answer. */
export function asksHead(command: Command): Command {
  return command
    .option('--head <url>', 'a head elsewhere, https://…; without it the one on this machine, which root may use')
    .option('--token-file <file>', 'token for a head elsewhere; or it stands in RECON_TOKEN')
    .option('--fingerprint <sha256>', "of the head's certificate, where no authority has signed it")
    .option('--socket <path>', 'socket of the head on this machine', HEAD_PLACES.socket)
    .option('--json', 'for programs');
}

/** As {@link asksHead}, for what changes the pool. */
export function changesPool(command: Command): Command {
  return asksHead(command).option('--if-revision <number>', 'only if this is still the newest revision', revisionNumber);
}

/** The head that a command's options name. */
export async function askedHead(words: HeadWords, { environment }: Pick<HeadOptionsDeps, 'environment'>): Promise<PoolRequests> {
  const { headClient } = await import('../pool/remote/head-client.ts');
  const { headConnection } = await import('../pool/remote/head-connection.ts');
  const { poolRequests } = await import('../pool/remote/pool-requests.ts');
  return poolRequests(headClient(await headConnection(words, environment)));
}

/** Says an answer in the form that was asked for. */
export function tell(
  { print, printData }: Pick<HeadOptionsDeps, 'print' | 'printData'>,
  words: HeadWords,
  value: unknown,
  text: string,
): void {
  if (words.json) printData(`${plainJson(value, 2)}\n`);
  else print(text);
}

/** Makes a change and says what it has done; 3 when nothing was to be done. */
export async function orderChange(deps: HeadOptionsDeps, words: HeadWords, request: ChangeRequest): Promise<void> {
  const { changeText } = await import('../pool/remote/pool-text.ts');
  const report = await (await askedHead(words, deps)).change({ ...request, ifRevision: words.ifRevision ?? request.ifRevision });
  tell(deps, words, report, changeText(report));
  if (!report.isChanged) process.exitCode = 3;
}

function revisionNumber(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A revision is a number.');
}
