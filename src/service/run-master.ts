import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { ImageManifest } from '../domain/image.ts';
import { networkSettings, type SiteSettings } from '../domain/site-settings.ts';
import { aborted } from '../domain/values/aborted.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { SegmentState } from '../master/guard/segment-state.ts';
import { type Master, startMaster } from '../master/master.ts';
import type { MasterDeps } from '../master/master-deps.ts';
import { withGuest } from '../master/show/with-guest.ts';
import { makeDirectory, namesIn } from '../platform/files/directories.ts';
import type { Log } from '../platform/log.ts';
import { readConsoleLines } from '../platform/machine/console-lines.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { acceptSettings } from './accept-settings.ts';
import { type ConsoleCommands, runConsoleCommand } from './console-commands.ts';
import { endVisit } from './end-visit.ts';
import { imageMasterDeps, readManifest } from './image-master.ts';
import { followJoin, type Joining } from './join/follow-join.ts';
import { macOfPort } from './join/port-of.ts';
import { ownPorts } from './own/own-place.ts';
import { recordsStorage } from './records-storage.ts';
import { openScreen, type Screen, segmentLines } from './screen.ts';
import { secondStickWords } from './second-stick/typed-words.ts';
import { type SegmentHistory, segmentHistory } from './segments/history.ts';
import { segmentView } from './segments/views.ts';
import { type ServedNetworks, serveNetworks } from './serve-networks.ts';
import type { VisitSettings } from './settings/visit-settings.ts';
import { showFailure } from './show-failure.ts';
import { stageFilter } from './stage-filter.ts';
import type { DataStorage } from './stick/data-storage.ts';
import { encryptionMistakes, tarballRecipient, withoutEncryption } from './tarball-recipient.ts';
import { askWarden, type Warden } from './warden/ask-warden.ts';
import { STATE_DIRECTORY } from './warden/state-directory.ts';

/** What is known of each interface, served or not. */
interface SegmentStates {
  latest: Map<string, SegmentState>;
  history: SegmentHistory;
}

/**
 * The master's life, without root: have the warden open the stick, start the services, serve each segment that is quiet, and at the end seal.
 * Resolves after `signal` and when everything is written.
 * @throws ReconError `not-an-image` when the medium is not ours, `infrastructure` when the warden has gone
 */
export async function runMaster(options: { signal: AbortSignal; log: Log }): Promise<void> {
  const warden = await askWarden(options.signal);
  try {
    await masterUnder(warden, { ...options, signal: AbortSignal.any([options.signal, warden.gone]) });
    if (warden.gone.aborted && !options.signal.aborted) throw new ReconError('infrastructure', 'the warden ended, and this master with it');
  } catch (error) {
    await showFailure(error);
    throw error;
  } finally {
    warden.leave();
  }
}

async function masterUnder(warden: Warden, { signal, log }: { signal: AbortSignal; log: Log }): Promise<void> {
  const screen = openScreen(await openConsoles(MACHINE_CONSOLES));
  screen.say('starting; nothing on this machine is changed, and nothing is sent before every network was listened to');
  const manifest = await readManifest();
  await makeDirectory(STATE_DIRECTORY);
  const { visit, place: placed, ...opened } = await warden.openStorage();
  const place = { ...placed, macs: await ownPorts() };
  const data = warden.storageOf(opened);
  if (opened.storage === 'ram') screen.say(...inRamWords(opened.reason));
  screen.say(...visit.said);
  const mistakesOfKey = await encryptionMistakes(visit.settings, manifest.encryptTo);
  const mistakes = [...visit.mistakes, ...mistakesOfKey];
  const settings = mistakesOfKey.length === 0 ? visit.settings : withoutEncryption(visit.settings);
  const notYet = async (): Promise<string[]> => ['not yet: this master is still starting'];
  const commands: ConsoleCommands = {
    ...{ done: nothing, seal: nothing, lean: nothing, off: warden.powerOff, take: notYet, write: notYet, look: () => [], usual: undefined },
  };
  const stopReading = readCommands(commands, screen);
  if (!(await acceptSettings({ mistakes, commands, say: screen.say, signal }))) {
    stopReading();
    await data.close();
    return screen.close();
  }
  const { recipient: encryptTo, readable } = await tellRecipient({ ...visit, settings, mistakes }, { manifest, data, screen });
  if (settings.ssh !== undefined) screen.say(...(await warden.openLogin()));
  const states: SegmentStates = { latest: new Map(), history: segmentHistory() };
  const kept = await recordsStorage({ data, settings, encryptTo, say: screen.say });
  const own = await imageMasterDeps({ manifest, data: kept, visit, place, warden, encryptTo, readable, log });
  const master = await startMaster({ ...own, ...shown(screen, states), onPowerOff: warden.powerOff, onLook: () => commands.look() });
  if (master.current.words.length > 0) screen.say(...master.current.words);
  const { storage } = data;
  const joining = followJoin({
    ...{ storage, states: states.latest, counts: () => whatItHas(master), say: screen.say },
    becomePeer: async (name) => askToJoin(name, warden),
    onStay: () => networks.serveHeld(),
  });
  const networks = await serveQuietNetworks({ master, settings, storage, states, screen, log, joining });
  commands.look = networks.lookAgain;
  Object.assign(commands, secondStickWords({ storage: data.storage, warden, seal: master.seal, code: master.signingCode }));
  handOver(master, commands, screen);
  await aborted(signal);
  stopReading();
  const isGoingDown = (): Promise<boolean> => warden.isGoingDown().catch(() => false);
  const keepRecords = kept !== data || settings.keepRecords !== false;
  await endVisit({ master, networks, data: kept, keepRecords, isJoining: joining.isJoining, isGoingDown, say: screen.say });
  await screen.close();
}

function inRamWords(reason = 'it was not found'): string[] {
  return [
    `no data partition: ${reason}.`,
    'Records are kept in RAM. Fetch the tarball by HTTP before power-off: /export/ on this machine.',
    'Or plug in a USB stick and type take: it is shown, and written to after a second word.',
  ];
}

/** Does what is typed at any console. */
function readCommands(commands: ConsoleCommands, screen: Screen): () => void {
  return readConsoleLines(MACHINE_CONSOLES, (line) => {
    runConsoleCommand(line, commands)
      .then((answer) => (answer === undefined ? undefined : screen.say(answer)))
      .catch((error: unknown) => screen.say(`"${line}": ${messageOf(error)}`));
  });
}

/** The key that the tarball is encrypted to, and what on the stick can be read all the same, after saying so. */
async function tellRecipient(
  { settings, mistakes }: VisitSettings,
  { manifest, data, screen }: { manifest: ImageManifest; data: DataStorage; screen: Screen },
): Promise<Pick<ReturnType<typeof tarballRecipient>, 'recipient' | 'readable'>> {
  const { said, ...outcome } = tarballRecipient({
    ...{ settings: settings.encryptTo, image: manifest.encryptTo, isWithoutSettings: mistakes.length > 0, storage: data.storage },
    ...{ removesRecords: settings.keepRecords === false, encryptsRecords: settings.encryptRecords === true },
    names: await namesIn(data.directory).catch(() => []),
  });
  if (said.length > 0) screen.say(...said);
  if (settings.keepRecords === false && outcome.recipient === undefined)
    screen.say('keepRecords: false does nothing without encryption: the records stay on the stick');
  return outcome;
}

/** What the master says on the screen, and what the page says of interfaces that it does not serve. */
function shown(screen: Screen, { latest, history }: SegmentStates): Required<Pick<MasterDeps, 'onEvent' | 'segmentViews'>> {
  const isNews = stageFilter();
  return {
    onEvent: (event) => {
      if (isNews(event)) screen.event(event);
      if (event.kind === 'serving')
        screen.say('ready', ...event.segments.map((one) => `machines on ${one.interface} can be powered on now (network boot)`));
    },
    segmentViews: (served) =>
      [...latest].map(([name, state]) => {
        const segment = served.find((one) => one.interface === name);
        return withGuest(segmentView(name, state, segment?.address, history.of(name)), segment);
      }),
  };
}

interface ServeQuietNetworksInput {
  master: Master;
  settings: SiteSettings;
  states: SegmentStates;
  screen: Screen;
  log: Log;
  storage: DataStorage['storage'];
  joining: Joining;
}

async function serveQuietNetworks({
  master,
  settings,
  storage,
  states,
  screen,
  log,
  joining,
}: ServeQuietNetworksInput): Promise<ServedNetworks> {
  const network = networkSettings(settings);
  return serveNetworks({
    master,
    numbersFile: join(STATE_DIRECTORY, 'segments.json'),
    ...{ settings: network, storage, isLeaving: () => joining.isJoining },
    isSubnetChosen: settings.subnet !== undefined,
    log,
    onState: ({ interface: name, state }) => {
      const lines = segmentLines(name, state, { network, architectures: master.architectures });
      if (lines.length > 0) screen.say(...lines);
      states.latest.set(name, state);
      states.history.note(name, state);
      joining.look();
    },
  });
}

/** What would be lost or left alone if this machine were no master any more. */
function whatItHas(master: Master): { servedCount: number; machineCount: number } {
  const machines = master.nodes().filter(({ isMaster, hasReceipt, stages }) => !isMaster && (hasReceipt || stages['ack'] !== undefined));
  return { servedCount: master.segments.length, machineCount: machines.length };
}

async function askToJoin(interfaceName: string, warden: Warden): Promise<void> {
  const port = await macOfPort(interfaceName);
  if (port === undefined) throw new ReconError('not-found', `there is no interface ${interfaceName} any more`);
  await warden.becomePeer(port);
}

/** From now on the person before the screen has the master in hand. */
function handOver(master: Master, commands: ConsoleCommands, screen: Screen): void {
  commands.done = () => master.endDiscovery('somebody said at the console that all machines are there');
  commands.seal = async () => void (await master.seal());
  commands.lean = async () => void (await master.seal('without-captures'));
  screen.say(
    `code of this visit: ${master.signingCode}`,
    'Write it down: recon verify prints it again for a tarball that nobody has changed.',
  );
  screen.watch(() => ({ visit: master.visit(), nodes: master.nodes(), pin: master.pin, code: master.signingCode }));
}

async function nothing(): Promise<void> {}
