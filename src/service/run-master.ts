import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reportScript } from '../bundle/report-script.ts';
import { webPageParts } from '../bundle/web-page.ts';
import { ReconError } from '../domain/errors.ts';
import { ImageManifest, ISO_PATHS } from '../domain/image.ts';
import type { BootFacts } from '../domain/role.ts';
import { networkSettings } from '../domain/site-settings.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { earlyRecord } from '../inventory/early-record.ts';
import type { SegmentState } from '../master/guard/segment-state.ts';
import { startMaster } from '../master/master.ts';
import type { PortsClock } from '../peer/capture/links-settled.ts';
import { inventory } from '../peer/inventory.ts';
import { plannedCollectors } from '../peer/operator-collectors.ts';
import { operatorToolsEnvironment } from '../peer/operator-tools.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { readConsoleLines } from '../platform/machine/console-lines.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { startRemoteLogin } from '../platform/machine/remote-login.ts';
import { run, runOk } from '../platform/process/command.ts';
import { clearStick } from './clear-stick.ts';
import { openDataStorage } from './data-storage.ts';
import { LIVE_DIRECTORY } from './facts.ts';
import { ownMac } from './own-mac.ts';
import { openScreen, segmentLines } from './screen.ts';
import { segmentView } from './segment-views.ts';
import { serveNetworks } from './serve-networks.ts';
import { stepFilter } from './step-filter.ts';
import { tarballRecipient } from './tarball-recipient.ts';
import { obey, type TypedWords } from './typed-words.ts';
import { readVisitSettings, type VisitSettings, visitWorkload } from './visit-settings.ts';

const STATE_DIRECTORY = '/run/recon/master';
const LOADER_DIRECTORY = '/usr/lib/recon/loaders';
const PROGRAM = '/usr/lib/recon/recon.mjs';
const EFI_MOUNT_POINT = '/run/recon/efivars';

/**
 * The master's life: find the stick's data partition, start the services, serve each segment that is quiet, and at the end seal.
 * Resolves after `signal` and when everything is written.
 * @throws ReconError `not-an-image` when the medium is not ours
 */
export async function runMaster(facts: BootFacts, options: { signal: AbortSignal; log: Log }): Promise<void> {
  const { log, signal } = options;
  const screen = openScreen(await openConsoles(MACHINE_CONSOLES));
  screen.say('starting; nothing on this machine is changed, and nothing is sent before every network was listened to');
  const manifest = await readManifest();
  await makeDirectory(STATE_DIRECTORY);
  const data = await openDataStorage(
    {
      bootDevice: facts.bootDevice,
      partUuid: facts.kernelArguments.get('recon.data'),
      anyTransport: facts.kernelArguments.get('recon.medium') === 'disk',
    },
    log,
  );
  if (data.storage === 'ram') {
    screen.say(
      `no data partition: ${data.reason}.`,
      'Records are kept in RAM. Fetch the tarball by HTTP before power-off: /export/ on this machine.',
    );
  }
  const visit = await readVisitSettings(data.directory, log);
  screen.say(...visit.said);
  const usual = Promise.withResolvers<void>();
  const typed: TypedWords = { done: nothing, seal: nothing, off: powerOff, usual: visit.mistakes.length === 0 ? undefined : usual.resolve };
  const stopReading = readConsoleLines(MACHINE_CONSOLES, (line) => {
    obey(line, typed)
      .then((answer) => (answer === undefined ? undefined : screen.say(answer)))
      .catch((error: unknown) => screen.say(`"${line}": ${messageOf(error)}`));
  });
  if (visit.mistakes.length > 0) {
    screen.say('NOTHING IS SERVED, because the stick has mistakes:', ...visit.mistakes);
    screen.say('Mend them on a laptop and start again; or type  usual  and press Enter to go on without them.');
    await Promise.race([usual.promise, aborted(signal)]);
    typed.usual = undefined;
    if (signal.aborted) {
      stopReading();
      await data.close();
      return screen.close();
    }
  }
  const { settings } = visit;
  const { recipient, said } = tarballRecipient({
    settings: settings.encryptTo,
    image: manifest.encryptTo,
    isWithoutSettings: visit.mistakes.length > 0,
  });
  if (said.length > 0) screen.say(...said);
  if (settings.keepRecords === false && recipient === undefined)
    screen.say('keepRecords: false does nothing without encryption: the records stay on the stick');
  const network = networkSettings(settings);
  if (settings.ssh !== undefined) await startRemoteLogin(settings.ssh.authorizedKey, { ...log, info: (line) => screen.say(line) });
  const isNews = stepFilter();
  const states = new Map<string, SegmentState>();
  const page = await webPageParts().catch((error: unknown) => {
    log.warn(`the web page cannot be made: ${messageOf(error)}`);
    return undefined;
  });
  const script = await reportScript().catch((error: unknown) => {
    log.warn(`report.html will have no search: ${messageOf(error)}`);
    return undefined;
  });
  const master = await startMaster({
    manifest,
    liveDirectory: LIVE_DIRECTORY,
    dataDirectory: data.directory,
    storage: data.storage,
    stateDirectory: STATE_DIRECTORY,
    loaderDirectory: LOADER_DIRECTORY,
    postArchive: await visitWorkload(data.directory, PROGRAM, visit),
    segments: [],
    inventorySelf: async (hurry) => {
      const directory = '/run/recon/self-capture';
      await removePath(directory);
      const ports = portsClock(hurry);
      const environment = await operatorToolsEnvironment(visit.toolsDirectory);
      const own = await plannedCollectors(visit.collectorsDirectory);
      const live = { efiMountPoint: EFI_MOUNT_POINT, ports };
      const taken = await inventory(directory, {
        run,
        log,
        environment,
        live,
        extend: (planned) => [...planned, ...own],
        ...captureTime(visit),
      });
      return { ...taken, mac: ownMac(taken.record) };
    },
    earlyRecord,
    log,
    onEvent: (event) => {
      if (isNews(event)) screen.event(event);
      if (event.kind === 'serving')
        screen.say('ready', ...event.segments.map((one) => `machines on ${one.interface} can be powered on now (network boot)`));
    },
    ...definedOnly({ site: settings.site, reportScript: script, encryptTo: recipient, expected: settings.expected }),
    ...(settings.limits?.quietMinutes === undefined ? {} : { quietMs: settings.limits.quietMinutes * 60_000 }),
    discoveryLimits: settings.limits ?? {},
    ...definedOnly({ captureMs: visit.workload.captureMs }),
    onPowerOff: powerOff,
    ...definedOnly({ page }),
    segmentViews: (served) =>
      [...states].map(([name, state]) => segmentView(name, state, served.find((one) => one.interface === name)?.address)),
  });
  const networks = await serveNetworks({
    master,
    numbersFile: join(STATE_DIRECTORY, 'segments.json'),
    settings: network,
    log,
    onState: ({ interface: name, state }) => {
      const lines = segmentLines(name, state, network);
      if (lines.length > 0) screen.say(...lines);
      states.set(name, state);
    },
  });
  typed.done = () => master.endDiscovery('somebody said at the console that all machines are there');
  typed.seal = async () => void (await master.seal());
  screen.say(
    `code of this visit: ${master.signingCode}`,
    'Write it down: recon verify prints it again for a tarball that nobody has changed.',
  );
  screen.watch(() => ({ visit: master.visit(), nodes: master.nodes(), pin: master.pin, code: master.signingCode }));

  await aborted(signal);
  stopReading();
  screen.say('stopping: sealing the tarball, please wait ...');
  await networks.stopGuard();
  await master.stop();
  await networks.dropAddresses();
  const { sealed } = master;
  const { said: cleared, name = sealed?.name } =
    settings.keepRecords === false ? await clearStick({ ...data, sealed }) : { said: [], name: sealed?.name };
  if (cleared.length > 0) screen.say(...cleared);
  const trouble = await data.close();
  if (trouble !== undefined)
    screen.say(`the stick was not written out: ${trouble}`, 'Leave it in until this machine is off, then check it on a laptop.');
  else if (sealed === undefined)
    screen.say(
      `the tarball could not be made; the records themselves ${data.storage === 'stick' ? 'are on the stick' : 'end with this machine'}`,
    );
  else if (data.storage === 'stick')
    screen.say(
      `${name} holds ${sealed.machines} machines; its code is ${master.signingCode}`,
      'SAFE TO PULL THE STICK as soon as this machine is off.',
    );
  await screen.close();
}

/** Ports get their time, unless this machine is about to go down. */
function portsClock(hurry: AbortSignal): PortsClock {
  return {
    sinceMs: performance.now(),
    nowMs: () => (hurry.aborted ? Number.POSITIVE_INFINITY : performance.now()),
    sleep: async (durationMs) => delay(durationMs, undefined, { signal: hurry }).catch(() => undefined),
  };
}

/** systemd then ends this service too, which seals first. */
async function powerOff(): Promise<void> {
  await runOk(['systemctl', 'poweroff', '--no-block'], { timeoutMs: 30_000 });
}

async function nothing(): Promise<void> {}

function captureTime({ workload: { captureMs } }: VisitSettings): { deadlineMs?: number } {
  return captureMs === undefined ? {} : { deadlineMs: captureMs };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function readManifest(): Promise<ImageManifest> {
  const path = join(LIVE_DIRECTORY, ISO_PATHS.manifest);
  const bytes = await readOrUndefined(path);
  if (bytes === undefined) throw new ReconError('not-an-image', `${path} is missing: this system did not boot from a Recon medium`);
  return ImageManifest.parse(JSON.parse(bytes.toString('utf8')));
}
