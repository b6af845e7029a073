import { join } from 'node:path';
import type { HeadMachine } from '../machine/head-machine.ts';
import { firstPool, isUnbegun } from '../text/first-pool.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

const MAIN = 'pool.yaml';

/** Files of a pool to begin with, when there are none. What a person has written is never touched; what nobody has touched follows `--nat`. */
export async function beginPool(machine: HeadMachine, plan: HeadPlan, folder: string = INSTALL_PLACES.pool): Promise<Done> {
  const files = firstPool(plan);
  if (isUnbegun(await filesOf(machine, folder), files)) {
    // the main file last, and owners before it: a folder without it is one that an install was killed in
    for (const [path, text] of files) if (path !== MAIN) await machine.write(join(folder, path), text, 0o640);
    await giveAway(machine, folder);
    await machine.write(join(folder, MAIN), files.get(MAIN) ?? '', 0o640);
    await giveAway(machine, join(folder, MAIN));
    return doneOf([`wrote a first pool into ${folder}: every machine keeps its local disk until you say otherwise`]);
  }
  const path = join(folder, MAIN);
  const written = await machine.read(path);
  const wanted = files.get(MAIN) ?? '';
  if (written === wanted) return doneOf([], 'keeps its files');
  if (written !== firstPool({ ...plan, isNat: !plan.isNat }).get(MAIN)) return doneOf([], 'keeps its files, which are yours');
  await machine.write(path, wanted, 0o640);
  await giveAway(machine, path);
  return doneOf([plan.isNat ? 'machines are told the head as their router' : 'machines are told no router any more']);
}

/** What lies there, as far as a first pool may have it; a name of anything else is somebody's. */
async function filesOf(machine: HeadMachine, folder: string): Promise<Map<string, string>> {
  const top = (await machine.names(folder)).filter((name) => name !== 'profiles');
  const profiles = (await machine.names(join(folder, 'profiles'))).map((name) => `profiles/${name}`);
  const paths = [...top, ...profiles];
  return new Map(
    await Promise.all(paths.map(async (path) => [path, (await machine.read(join(folder, path)).catch(() => '')) ?? ''] as const)),
  );
}

async function giveAway(machine: HeadMachine, path: string): Promise<void> {
  await machine.run(['chown', '--recursive', '--no-dereference', `${HEAD_USER}:${HEAD_USER}`, path]);
}
