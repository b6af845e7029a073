import type { HeadMachine } from '../machine/head-machine.ts';
import { INSTALL_PLACES } from '../text/places.ts';
import { headServiceText } from '../text/service-unit.ts';
import { type Done, doneOf } from './install-step.ts';
import { enableUnit, reloadUnits } from './units.ts';

const HEAD_UNIT = 'recon-head.service';

interface ServiceFacts {
  /** what it runs or reads at its start is not what it was */
  isOutdated: boolean;
  /** where the pool's folder leads, and its git, without links */
  poolPaths: readonly string[];
}

/** The service of a head. */
export async function startService(machine: HeadMachine, { isOutdated, poolPaths }: ServiceFacts): Promise<Done> {
  const isNew = await machine.write(INSTALL_PLACES.service, headServiceText(poolPaths));
  if (isNew) await reloadUnits(machine);
  const isStarted = await enableUnit(machine, HEAD_UNIT, isNew || isOutdated);
  const what = machine.isBooted ? 'started it' : 'starts at the next boot';
  return doneOf(
    [...(isNew ? [`wrote ${INSTALL_PLACES.service}`] : []), ...(isStarted ? [what] : [])],
    machine.isBooted ? 'runs already' : 'starts at the next boot already',
  );
}

/** Ends the service and takes its unit away; what was done. */
export async function endService(machine: HeadMachine): Promise<string[]> {
  if (!(await machine.exists(INSTALL_PLACES.service))) return [];
  if (machine.isBooted) await machine.run(['systemctl', 'disable', '--now', '--quiet', HEAD_UNIT]);
  else await machine.run(['systemctl', 'disable', '--quiet', HEAD_UNIT], { environment: { SYSTEMD_OFFLINE: '1' } });
  await machine.remove(INSTALL_PLACES.service);
  await reloadUnits(machine);
  return [`took ${HEAD_UNIT} away`];
}
