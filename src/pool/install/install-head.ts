import { geteuid } from 'node:process';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { formatSeconds } from '../../platform/steps.ts';
import { type ServedPlaces, servedPlaces, writtenPlaces } from '../head/served-places.ts';
import type { ServerCertificate } from '../public/server-certificate.ts';
import { checkHead } from './check/check-head.ts';
import type { HeadFault } from './check/head-fault.ts';
import { interfaceManagers } from './check/interface-managers.ts';
import { poolNeeds } from './check/pool-needs.ts';
import type { HeadMachine } from './machine/head-machine.ts';
import { type PeopleDoor, peopleDoor } from './people-door.ts';
import { beginPool } from './steps/begin-pool.ts';
import { type BuildOptions, buildImages } from './steps/build-images.ts';
import { holdAddress } from './steps/hold-address.ts';
import { installPackages } from './steps/install-packages.ts';
import type { InstallStep } from './steps/install-step.ts';
import { makeFolders } from './steps/make-folders.ts';
import { makeUser } from './steps/make-user.ts';
import { openWayOut } from './steps/open-way-out.ts';
import { placeCertificate } from './steps/place-certificate.ts';
import { placeProgram } from './steps/place-program.ts';
import { startService } from './steps/start-service.ts';
import { writeSettings } from './steps/write-settings.ts';
import type { HeadPlan } from './text/head-plan.ts';
import { headPackages } from './text/packages.ts';
import { INSTALL_PLACES } from './text/places.ts';

export interface InstallOptions extends BuildOptions {
  plan: HeadPlan;
  machine: HeadMachine;
  programMadeAt: Date;
  bringsPackages: boolean;
  buildsImages: boolean;
  /** of the administrator, for the page; missing: what it has stays, and where it has none one is made */
  certificate?: ServerCertificate;
  log: Log;
}

/** What an install came to. */
export interface Installed {
  /** what each step found or did */
  steps: { title: string; changed: boolean; text: string }[];
  /** what does not stop it, and is to be known */
  faults: HeadFault[];
  /** undefined where no systemd runs, or the service did not come up in time */
  door: PeopleDoor | undefined;
}

/** The service reads the folder, makes a certificate, and asks for its address. */
const START_MS = 60_000;

/**
 * Makes this server a head node. Each step finds what is there; run again, it goes on, and changes nothing when there is nothing to change.
 * @throws ReconError `not-root`; `host-unfit` with all that the check found; what a step throws, with its name
 */
export async function installHead(options: InstallOptions): Promise<Installed> {
  requireRoot('install');
  const { machine, log } = options;
  const places = await servedPlaces();
  const faults = await checkFirst(options);
  const done: Installed['steps'] = [];
  const started = performance.now();
  const steps = installSteps({ ...options, places }, () => done.some(({ title, changed }) => changed && RESTARTS.has(title)));
  for (const [index, { title, run }] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${title}`;
    try {
      const { changed, text } = await run();
      done.push({ title, changed, text });
      log.info(`${label}: ${text} (${formatSeconds((performance.now() - started) / 1000)})`);
    } catch (error) {
      const hint = 'What was done stays. Mend it and run the same command again: it goes on here.';
      throw new ReconError('command-failed', `${label} failed: ${messageOf(error)}`, { hint: hintOf(error) ?? hint, cause: error });
    }
  }
  return { steps: done, faults, door: machine.isBooted ? await openDoor(machine, options.certificate?.fingerprint) : undefined };
}

/** @throws ReconError `command-failed` with the last words of a service that does not come up */
async function openDoor(machine: HeadMachine, fingerprint: string | undefined): Promise<PeopleDoor> {
  const door = await peopleDoor(machine, { waitMs: START_MS, fingerprint });
  if (door !== undefined) return door;
  const words = (await machine.ask(['journalctl', '--no-pager', '--output=cat', '--unit=recon-head.service', '--lines=20'])).text;
  const last = words.split('\n').findLast((line) => line.startsWith('recon: ')) ?? 'it says nothing';
  throw new ReconError('command-failed', `everything is in place, and recon-head.service does not come up: ${last}`, {
    hint: 'journalctl -u recon-head says why; mend it and run the same command again',
  });
}

/** @throws ReconError `not-root` */
export function requireRoot(what: string): void {
  if (geteuid?.() === 0) return;
  throw new ReconError('not-root', `head ${what} needs root: users, units and interfaces are concerned`, {
    hint: `sudo ./recon head ${what} …`,
  });
}

async function checkFirst(options: InstallOptions): Promise<HeadFault[]> {
  const { plan, machine, log, programMadeAt, bringsPackages, buildsImages } = options;
  const say = (text: string): void => log.info(`check: ${text}`);
  const found = await checkHead({
    plan,
    machine,
    programMadeAt,
    say,
    builds: buildsImages,
    installsPackages: bringsPackages,
    ...definedOnly({ certificate: options.certificate }),
  });
  const stops = found.filter(({ weight }) => weight === 'stops');
  if (stops.length > 0) {
    const sentences = stops.map(({ message, hint }) => `${message}\n    ${hint}`).join('\n  ');
    throw new ReconError('host-unfit', `this server is not ready to be a head node, and nothing was changed:\n  ${sentences}`, {
      hint: 'mend that, then run this again; recon head check says the same',
    });
  }
  return found.filter(({ weight }) => weight === 'warns' || weight === 'note');
}

/** Steps after which a service that runs has to be started again. */
const RESTARTS = new Set(['program', 'settings', 'packages']);

function installSteps(options: InstallOptions & { places: ServedPlaces }, isOutdated: () => boolean): InstallStep[] {
  const { plan, machine, log, repository, certificate, places } = options;
  const packages = async (): ReturnType<InstallStep['run']> => {
    const done = await installPackages(machine, headPackages(await poolNeeds(places.pool)), (text) => log.info(text));
    // what listens may have come only now
    if (done.changed) await checkFirst({ ...options, buildsImages: false });
    return done;
  };
  return [
    ...(options.bringsPackages ? [{ title: 'packages', run: packages }] : []),
    { title: 'user', run: async () => makeUser(machine) },
    { title: 'folders', run: async () => makeFolders(machine, places) },
    { title: 'program', run: async () => placeProgram(machine, repository) },
    { title: 'address', run: async () => holdAddress(machine, plan, await interfaceManagers(machine)) },
    ...(certificate === undefined ? [] : [{ title: 'certificate', run: async () => placeCertificate(machine, certificate) }]),
    { title: 'settings', run: async () => writeSettings(machine, plan, certificate === undefined ? {} : INSTALL_PLACES.tls) },
    { title: 'pool', run: async () => beginPool(machine, plan, places.pool) },
    { title: 'way out', run: async () => openWayOut(machine, plan) },
    {
      title: 'service',
      run: async () => {
        const writes = [...(await poolNeeds(places.pool)).writes, ...(await writtenPlaces(places))];
        return startService(machine, { isOutdated: isOutdated(), writes });
      },
    },
    ...(options.buildsImages ? [{ title: 'images', run: async () => buildImages(machine, { ...options, images: places.images }) }] : []),
  ];
}

function hintOf(error: unknown): string | undefined {
  return error instanceof ReconError ? error.hint : undefined;
}
