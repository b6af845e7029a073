import { join } from 'node:path';
import { messageOf } from '../../domain/values/message-of.ts';
import { exists } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import type { Log } from '../../platform/log.ts';
import type { Revision } from '../store/revision.ts';

/** The files of a node that was renamed go with it, in each folder that has `node/NAME` in it; what lies there for the new name already is left alone. */
export async function moveNodeFiles(
  { renamed }: Pick<Revision, 'renamed'>,
  folders: readonly (string | undefined)[],
  log: Pick<Log, 'info' | 'warn'>,
): Promise<void> {
  if (renamed === undefined) return;
  for (const folder of folders) {
    const [from, to] = [join(folder ?? '', 'node', renamed.from), join(folder ?? '', 'node', renamed.to)];
    if (folder === undefined || !(await exists(from))) continue;
    if (await exists(to)) log.warn(`${from} stays where it is: there is a ${to} already, which ${renamed.to} gets from now on`);
    else
      await movePath(from, to).then(
        () => log.info(`${from} is ${to} now`),
        (error: unknown) => log.warn(`the files of ${renamed.to} stay in ${from}, and it does not get them: ${messageOf(error)}`),
      );
  }
}
