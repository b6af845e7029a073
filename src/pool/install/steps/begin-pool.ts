import { join } from 'node:path';
import type { HeadMachine } from '../machine/head-machine.ts';
import { firstPool } from '../text/first-pool.ts';
import type { HeadPlan } from '../text/head-plan.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { type Done, doneOf } from './install-step.ts';

/** Files of a pool to begin with, when there are none. What a person has written is never touched; what nobody has touched follows `--nat`. */
export async function beginPool(machine: HeadMachine, plan: HeadPlan): Promise<Done> {
  const folder = INSTALL_PLACES.pool;
  const names = await machine.names(folder);
  const files = firstPool(plan);
  if (names.length === 0) {
    for (const [path, text] of files) await machine.write(join(folder, path), text, 0o640);
    await giveAway(machine, folder);
    return doneOf([`wrote a first pool into ${folder}: every machine keeps its local disk until you say otherwise`]);
  }
  const path = join(folder, 'pool.yaml');
  const written = await machine.read(path);
  const wanted = files.get('pool.yaml') ?? '';
  if (written === wanted) return doneOf([], 'keeps its files');
  if (written !== firstPool({ ...plan, isNat: !plan.isNat }).get('pool.yaml')) return doneOf([], 'keeps its files, which are yours');
  await machine.write(path, wanted, 0o640);
  await giveAway(machine, path);
  return doneOf([plan.isNat ? 'machines are told the head as their router' : 'machines are told no router any more']);
}

async function giveAway(machine: HeadMachine, path: string): Promise<void> {
  await machine.run(['chown', '--recursive', '--no-dereference', `${HEAD_USER}:${HEAD_USER}`, path]);
}
