import { join } from 'node:path';
import type { HeadMachine } from '../machine/head-machine.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { headServiceText } from '../text/service-unit.ts';
import { type Done, doneOf } from './install-step.ts';
import { removeOwnFile, writeOwnFile } from './own-file.ts';
import { STAMP } from './place-program.ts';
import { enableUnit, reloadUnits } from './units.ts';

const HEAD_UNIT = 'recon-head.service';

interface ServiceFacts {
  /** what it runs or reads at its start is not what it was */
  isOutdated: boolean;
  /** what it writes, without links: the pool's folder and its git, and what head.yaml has elsewhere */
  writes: readonly string[];
}

/** The service of a head. */
export async function startService(machine: HeadMachine, { isOutdated, writes }: ServiceFacts): Promise<Done> {
  const written = await writeOwnFile(machine, INSTALL_PLACES.service, headServiceText(writes));
  const isOld = await isOlderThanFiles(machine);
  if (written !== undefined || isOld) await reloadUnits(machine);
  const isStarted = await enableUnit(machine, HEAD_UNIT, written !== undefined || isOutdated || isOld);
  const what = machine.isBooted ? 'started it' : 'starts at the next boot';
  return doneOf(
    [...(written === undefined ? [] : [written]), ...(isStarted ? [what] : [])],
    machine.isBooted ? 'runs already' : 'starts at the next boot already',
  );
}

/** What it runs or reads is newer than its start: an install was killed between the two, or somebody edited it. */
async function isOlderThanFiles({ ask, isBooted }: HeadMachine): Promise<boolean> {
  if (!isBooted) return false;
  const started = await ask(['systemctl', 'show', '--timestamp=unix', '--property=ActiveEnterTimestamp', '--value', HEAD_UNIT]);
  const startedAt = Number(/^@(\d+)$/.exec(started.text.trim())?.[1]);
  const files = await ask(['stat', '--format=%Y', join(INSTALL_PLACES.program, STAMP), INSTALL_PLACES.settings, INSTALL_PLACES.service]);
  return files.text.split('\n').some((changedAt) => Number(changedAt) > startedAt);
}

/** Ends the service and takes its unit away; what was done. `writes`: as at {@link startService}. */
export async function endService(machine: HeadMachine, writes: readonly string[]): Promise<string[]> {
  if (!(await machine.exists(INSTALL_PLACES.service))) return [];
  if (machine.isBooted) await machine.run(['systemctl', 'disable', '--now', '--quiet', HEAD_UNIT]);
  else await machine.run(['systemctl', 'disable', '--quiet', HEAD_UNIT], { environment: { SYSTEMD_OFFLINE: '1' } });
  const removed = await removeOwnFile(machine, INSTALL_PLACES.service, headServiceText(writes));
  await reloadUnits(machine);
  return removed === undefined ? [] : [removed];
}
