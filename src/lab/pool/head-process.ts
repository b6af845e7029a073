import { join } from 'node:path';
import { execPath } from 'node:process';
import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { BootedMachine, NewMachine } from '../../domain/pool/api-views.ts';
import { startChild } from '../../platform/process/child.ts';
import { type CommandResult, run } from '../../platform/process/command.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import type { PoolFolder } from './folder.ts';
import { HEAD } from './plan.ts';
import { type PoolRoom, PRIVATE_INTERFACE } from './room.ts';

/** The command of a head node, in its namespace, and its own socket. */
export interface HeadProcess extends AsyncDisposable {
  readonly said: readonly string[];
  /** @throws ReconError `lab-failed` with what it said last, after `timeoutMs` */
  waitForWords(words: string | RegExp, timeoutMs: number, from?: number): Promise<string>;
  /** what the head knows of a node. @throws ReconError `lab-failed` when it does not answer */
  node(name: string): Promise<SeenNode>;
  /** machines that asked and are no node. @throws ReconError `lab-failed` when it does not answer */
  newMachines(): Promise<NewMachine[]>;
  /** a change through the API, as a person's click makes it. @throws ReconError `lab-failed` with its answer when it is refused */
  change(method: 'POST' | 'PATCH', path: string, body: object): Promise<void>;
  /** as a power cut ends it */
  kill(): Promise<void>;
}

/** Of a node's view, what the rehearsal asks for. */
const SeenNode = z.looseObject({
  name: z.string(),
  macs: z.array(z.string()),
  assigned: z.string(),
  next: z.looseObject({ choice: z.string(), by: z.string() }),
  once: z.string().optional(),
  seen: BootedMachine.loose().optional(),
});
const NewMachines = z.looseObject({ newMachines: z.array(NewMachine.loose()) });
export type SeenNode = z.infer<typeof SeenNode>;

/** /sys shows the interfaces of whoever mounted it; the guard reads there which addresses are its own. */
const OWN_SYS = ['unshare', '--mount', 'sh', '-c', 'mount -t sysfs none /sys && exec "$@"', 'sh'] as const;
export const START_MS = 5 * 60_000;

/** Starts `recon head serve` on the private side, and waits until it answers DHCP. @throws ReconError `lab-failed` when it does not */
export async function startHeadProcess(
  room: Pick<PoolRoom, 'head'>,
  { path, servedPath, repository }: Pick<PoolFolder, 'path' | 'servedPath'> & { repository: string },
): Promise<HeadProcess> {
  const said: string[] = [];
  const socket = join(path, 'head.sock');
  const folders = [
    ...['pool', 'images'].flatMap((one) => [`--${one}`, join(path, one)]),
    ...['state', 'loaders'].flatMap((one) => [`--${one}`, join(servedPath, one)]),
  ];
  const people = ['--people-listen', `${HEAD.publicAddress}:${HEAD.peoplePort}`, '--socket', socket, '--users', join(path, 'users.yaml')];
  const main = join(repository, 'src/main.ts');
  const child = startChild(
    room.head.inside([...OWN_SYS, execPath, main, 'head', 'serve', '--interface', PRIVATE_INTERFACE, ...folders, ...people]),
    { onLine: (line) => void said.push(line) },
  );
  const head = headBehind(said, {
    ask: (route, options) => askSocket(socket, route, options),
    kill: async () => {
      child.kill('SIGKILL');
      await child.exited;
    },
    stop: async () => void (await child.stop()),
  });
  await head.waitForWords('serving DHCP', START_MS).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
  return head;
}

/** How a head is reached, wherever it runs. */
export interface HeadDoor {
  /** curl on its own socket; `options` are curl's */
  ask(path: string, options: readonly string[]): Promise<CommandResult>;
  /** as a power cut ends it */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A head by what it says and how it is reached. */
export function headBehind(said: readonly string[], door: HeadDoor): HeadProcess {
  const ask = async (path: string, ...options: string[]): Promise<string> => {
    const result = await door.ask(path, options);
    const text = result.stdout.toString('utf8');
    if (result.status === 'ok') return text;
    throw new ReconError('lab-failed', `the head refused ${path}: ${text || result.stderr.toString('utf8')}`);
  };
  const json = ['--header', 'content-type: application/json', '--header', 'if-match: *'] as const;
  return {
    said,
    waitForWords: (words, timeoutMs, from = 0) => waitForWords(said, words, { timeoutMs, from }),
    node: async (name) => SeenNode.parse(JSON.parse(await ask(`/nodes/${name}`))),
    newMachines: async () => NewMachines.parse(JSON.parse(await ask('/nodes'))).newMachines,
    change: async (method, path, body) => void (await ask(path, '--request', method, ...json, '--data', JSON.stringify(body))),
    kill: door.kill,
    [Symbol.asyncDispose]: door.stop,
  };
}

async function waitForWords(
  said: readonly string[],
  words: string | RegExp,
  { timeoutMs, from }: { timeoutMs: number; from: number },
): Promise<string> {
  const matches = (line: string): boolean => (typeof words === 'string' ? line.includes(words) : words.test(line));
  const found = await waitFor(() => said.slice(from).find(matches), { timeoutMs, pauseMs: 200 });
  if (found !== undefined) return found;
  throw new ReconError(
    'lab-failed',
    `the head should have said ${words}; it said last:\n${said
      .slice(-12)
      .map((line) => `    ${line}`)
      .join('\n')}`,
  );
}

function askSocket(socket: string, path: string, options: readonly string[]): Promise<CommandResult> {
  const url = `http://localhost/api/v1${path}`;
  return run(['curl', '--silent', '--show-error', '--fail-with-body', '--max-time', '60', '--unix-socket', socket, ...options, url], {
    timeoutMs: 90_000,
  });
}
