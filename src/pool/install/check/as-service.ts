import type { AskedMachine } from '../machine/asked-machine.ts';
import { HEAD_USER } from '../text/places.ts';

/** The first file or folder below a path that the user of the service cannot read; undefined: none, or there is no such user. */
export async function closedToService({ ask }: Pick<AskedMachine, 'ask'>, path: string): Promise<string | undefined> {
  if (!(await ask(['getent', 'passwd', HEAD_USER])).isOk) return undefined;
  const asUser = ['setpriv', `--reuid=${HEAD_USER}`, `--regid=${HEAD_USER}`, '--init-groups'] as const;
  return (
    (await ask([...asUser, 'find', path, '-name', '.git', '-prune', '-o', '!', '-readable', '-print', '-quit'])).text.trim() || undefined
  );
}

/** Whether the user of the service reads or writes a path, by owners and modes; undefined while there is no such user. Root could do either. */
export async function asService({ ask }: Pick<AskedMachine, 'ask'>, what: 'reads' | 'writes', path: string): Promise<boolean | undefined> {
  if (!(await ask(['getent', 'passwd', HEAD_USER])).isOk) return undefined;
  const how = what === 'reads' ? '-r' : '-w';
  return (await ask(['setpriv', `--reuid=${HEAD_USER}`, `--regid=${HEAD_USER}`, '--init-groups', 'test', how, path])).isOk;
}
