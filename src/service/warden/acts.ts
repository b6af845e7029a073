import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import type { BootFacts } from '../../domain/role.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import type { DnsmasqProcess } from '../../master/dhcp/dnsmasq/process.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { startRemoteLogin } from '../../platform/machine/remote-login.ts';
import { monotonicMs } from '../../platform/machine/steady-clock.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { runInHostMounts } from '../../platform/process/unit-for-a-moment.ts';
import { orderParts } from '../inventory/order-parts.ts';
import { joinRefusal } from '../join/may-join.ts';
import { ownPlace } from '../own/own-place.ts';
import type { SecondStickTaker } from '../second-stick/second-stick.ts';
import { readVisitSettings, type VisitSettings } from '../settings/visit-settings.ts';
import { type DataStorage, openDataStorage } from '../stick/data-storage.ts';
import { JOIN_PORT_FILE } from './state-directory.ts';
import { MASTER_USER_ID, type WardenResult, type WardenWord } from './words.ts';

/** Nothing is there: the directory in RAM is the master's own. */
const NO_STICK = '/run/recon/no-stick';

/** What each word does. */
export type WardenActs = { readonly [W in WardenWord]: () => Promise<WardenResult<W>> };

/** What outlives the master's own starts. */
export interface WardenState {
  data: DataStorage | undefined;
  visit: VisitSettings | undefined;
  dnsmasq: DnsmasqProcess | undefined;
  secondStick: SecondStickTaker;
  /** dnsmasq runs */
  isServing: boolean;
  /** dnsmasq has given a machine an address in this boot: its own word, which no master can keep back */
  hasGivenAddress: boolean;
  /** when this machine came back from another master, by the monotonic clock */
  cameBackAtMs: number | undefined;
  /** called with the port by which this machine is to be a peer */
  onJoin: (port: MacAddress) => void;
}

interface WardenActsInput {
  facts: BootFacts;
  state: WardenState;
  /** starts it for this master */
  startDnsmasq: () => DnsmasqProcess;
  log: Log;
}

export function wardenActs({ facts, state, startDnsmasq, log }: WardenActsInput): WardenActs {
  return {
    'open-storage': async () => openStorage(facts, state, log),
    'look-at-medium': async () => definedOnly({ trouble: await state.data?.medium?.look() }),
    'reopen-medium': async () => {
      await state.data?.medium?.reopen();
      return {};
    },
    'close-storage': async () => {
      const trouble = await state.data?.close();
      state.data = undefined;
      return definedOnly({ trouble });
    },
    'open-login': async () => {
      const said: string[] = [];
      const key = opened(state.visit).settings.ssh?.authorizedKey;
      if (key !== undefined) await startRemoteLogin(key, { ...log, info: (line) => said.push(line) });
      return { said };
    },
    'take-inventory': async () => {
      const { toolsDirectory, collectorsDirectory, workload } = opened(state.visit);
      return orderParts({ toolsDirectory, collectorsDirectory, ...definedOnly({ captureMs: workload.captureMs }) });
    },
    'look-for-second-stick': async () => {
      const found = await state.secondStick.look();
      return { isThere: found.found, words: found.found ? found.stick.words : found.reason };
    },
    'take-records': async () => {
      // with a stick of its own nothing else is ever writable
      if (state.data?.storage !== 'ram') throw new ReconError('usage', 'the records are on the stick of this machine already');
      return state.secondStick.take(state.data.directory);
    },
    'become-peer': async () => {
      state.onJoin(await portToJoin(facts, state));
      return {};
    },
    'start-dnsmasq': async () => {
      await state.dnsmasq?.stop();
      state.dnsmasq = startDnsmasq();
      return {};
    },
    'stop-dnsmasq': async () => {
      await state.dnsmasq?.stop();
      return {};
    },
    'is-going-down': async () => ({ isGoingDown: await isGoingDown() }),
    'power-off': async () => {
      // systemd then ends the master too, which seals first
      await runOk(['systemctl', 'poweroff', '--no-block'], { timeoutMs: 30_000 });
      return {};
    },
  };
}

/** RECONDATA, or RAM, and what the stick says of this visit. */
async function openStorage(
  { bootDevice, kernelArguments }: BootFacts,
  state: WardenState,
  log: Log,
): Promise<WardenResult<'open-storage'>> {
  const partUuid = kernelArguments.get('recon.data');
  const anyTransport = kernelArguments.get('recon.medium') === 'disk';
  state.data ??= await openDataStorage({ bootDevice, partUuid, anyTransport }, log, { userId: MASTER_USER_ID, mount: runInHostMounts });
  const { directory, storage, reason, said: opening = [] } = state.data;
  // once: what the master itself wrote since, on the stick or in its RAM, is never run as root in this boot
  state.visit ??= await readVisitSettings(storage === 'stick' ? directory : NO_STICK, log);
  const { settings, toolsDirectory, collectorsDirectory, workload, said, mistakes } = state.visit;
  return {
    ...{ directory, storage },
    ...definedOnly({ reason }),
    place: await ownPlace(settings.site),
    visit: { settings, toolsDirectory, collectorsDirectory, workload, said: [...opening, ...said], mistakes },
  };
}

/**
 * The port by which the master wants to be a peer. Whoever serves there then gives this machine its workload, as it does with each that boots from the
 * network: so only a master that has not served may ask for it, and of that the warden knows by itself.
 */
async function portToJoin({ kernelArguments }: BootFacts, state: WardenState): Promise<MacAddress> {
  const { data, isServing, hasGivenAddress, cameBackAtMs } = state;
  const recordCount = data === undefined ? 0 : (await namesIn(join(data.directory, 'records')).catch(() => [])).length;
  const refusal = joinRefusal({
    ...{ storage: data?.storage, isServing, hasGivenAddress, recordCount },
    isForced: kernelArguments.get('recon.role') === 'master',
    sinceLastMs: cameBackAtMs === undefined ? undefined : monotonicMs() - cameBackAtMs,
  });
  if (refusal !== undefined) throw new ReconError('usage', refusal);
  const port = parseMac((await readOrUndefined(JOIN_PORT_FILE))?.toString('utf8').trim() ?? '');
  if (port === undefined) throw new ReconError('not-found', 'no port was named');
  return port;
}

function opened(visit: VisitSettings | undefined): VisitSettings {
  if (visit === undefined) throw new ReconError('usage', 'the storage is not open yet');
  return visit;
}

/** systemd says `stopping` from the moment on when it shuts the machine down (systemctl(1), is-system-running). */
async function isGoingDown(): Promise<boolean> {
  const state = await run(['systemctl', 'is-system-running'], { timeoutMs: 10_000 });
  return state.stdout.toString('utf8').trim() === 'stopping';
}
