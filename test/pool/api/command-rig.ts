import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { buildCli, type CliDeps } from '../../../src/cli/cli.ts';
import { ReconError } from '../../../src/domain/errors.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { poolRig } from './pool-rig.ts';

/** A head on a socket, and its commands in this process: each answers its exit code and what it said. Nobody sits at the terminal. */
export async function commandRig(t: TestContext) {
  const head = await poolRig(t, { hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  const socket = join(head.directory, 'head.sock');
  await head.app.listen({ path: socket });
  const recon = async (words: readonly string[], json = false): Promise<string> => {
    let printed = '';
    const print = (text: string): void => {
      printed += text;
    };
    const deps = {
      ...({
        version: '1',
        log: silentLog,
        repository: join(import.meta.dirname, '../../..'),
        environment: {},
        takeSignal: () => AbortSignal.any([]),
      } as unknown as CliDeps),
      ...{ print, printData: print, printError: print, ask: async () => undefined },
    };
    try {
      const cli = await buildCli(deps, words);
      await cli.parseAsync(['node', 'recon', ...words, ...(words[0] === 'image' ? [] : ['--socket', socket]), ...(json ? ['--json'] : [])]);
      return `0 ${printed}`;
    } catch (error) {
      if (!(error instanceof ReconError)) throw error;
      return `${error.exitCode} ${error.message} ${error.hint ?? ''}`;
    }
  };
  return { ...head, recon };
}
