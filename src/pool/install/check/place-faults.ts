import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HEAD_PLACES } from '../../../domain/pool/head-places.ts';
import type { HeadSettings } from '../../../domain/pool/head-settings.ts';
import type { AskedMachine } from '../machine/asked-machine.ts';
import { HEAD_USER, INSTALL_PLACES } from '../text/places.ts';
import { isSandboxed } from '../text/service-unit.ts';
import { asService } from './as-service.ts';
import type { HeadFault } from './head-fault.ts';

/** What head.yaml says of places; the pool's own has a check of its own. */
export type SaidPlaces = Partial<Pick<HeadSettings, 'images' | 'state' | 'secrets' | 'users' | 'loaders' | 'certificate' | 'key'>>;

/** Places that head.yaml names and the service does not reach: systemd.exec(5) on ProtectHome=, PrivateTmp= and ProtectSystem=. */
export async function placeFaults(machine: Pick<AskedMachine, 'ask' | 'read'>, said: SaidPlaces): Promise<HeadFault[]> {
  const unit = await machine.read(INSTALL_PLACES.service);
  const faults: HeadFault[] = [];
  for (const [key, named] of Object.entries(said) as [keyof SaidPlaces, string][]) {
    const path = await realpath(named).catch(() => named);
    const what = `${key}: in head.yaml is ${named}${path === named ? '' : `, which leads to ${path}`}`;
    if (/^\/(home|root|run\/user|tmp|var\/tmp)(\/|$)/.test(path))
      faults.push({
        ...{ code: 'place', weight: 'stops', message: `${what}, which a service does not see.` },
        hint: `Move it below /srv or /var, and name that place in ${INSTALL_PLACES.settings}${key in OWN ? ` (an install has ${OWN[key]})` : ''}.`,
      });
    else faults.push(...(await reachFaults(machine, { key, path, what, unit })));
  }
  return faults;
}

const OWN: Partial<Record<keyof SaidPlaces, string>> = HEAD_PLACES;
const READ_ONLY: ReadonlySet<keyof SaidPlaces> = new Set(['loaders']);

async function reachFaults(
  machine: Pick<AskedMachine, 'ask'>,
  { key, path, what, unit }: { key: keyof SaidPlaces; path: string; what: string; unit: string | undefined },
): Promise<HeadFault[]> {
  // those have a check of their own, and may be missing
  if (key === 'certificate' || key === 'key') return [];
  const folder = key === 'users' ? dirname(path) : path;
  const isOpen = async (how: 'reads' | 'writes'): Promise<boolean> =>
    !(await machine.ask(['test', '-e', path])).isOk || (await asService(machine, how, path)) !== false;
  if (!(await isOpen('reads'))) return [warning(`${what}, and the head cannot read it: it runs as ${HEAD_USER}.`, chown(path))];
  if (READ_ONLY.has(key)) return [];
  if (unit !== undefined && folder !== HEAD_PLACES.state && isSandboxed(unit, folder))
    return [warning(`${what}, and recon-head.service does not let the head write there.`, 'recon head install lets it.')];
  return (await isOpen('writes')) ? [] : [warning(`${what}, and the head cannot write there: it runs as ${HEAD_USER}.`, chown(path))];
}

function chown(path: string): string {
  return `chown -R ${HEAD_USER}: ${path}, and let it into the folders above.`;
}

function warning(message: string, hint: string): HeadFault {
  return { code: 'place', message, hint, weight: 'warns' };
}
