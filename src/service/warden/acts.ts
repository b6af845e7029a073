import { ReconError } from '../../domain/errors.ts';
import type { BootFacts } from '../../domain/role.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { DnsmasqProcess } from '../../master/dhcp/dnsmasq/process.ts';
import type { Log } from '../../platform/log.ts';
import { startRemoteLogin } from '../../platform/machine/remote-login.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { runInHostMounts } from '../../platform/process/unit-for-a-moment.ts';
import { orderParts } from '../inventory/order-parts.ts';
import { ownPlace } from '../own/own-place.ts';
import type { SecondStickTaker } from '../second-stick/second-stick.ts';
import { readVisitSettings, type VisitSettings } from '../settings/visit-settings.ts';
import { type DataStorage, openDataStorage } from '../stick/data-storage.ts';
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

function opened(visit: VisitSettings | undefined): VisitSettings {
  if (visit === undefined) throw new ReconError('usage', 'the storage is not open yet');
  return visit;
}

/** systemd says `stopping` from the moment on when it shuts the machine down (systemctl(1), is-system-running). */
async function isGoingDown(): Promise<boolean> {
  const state = await run(['systemctl', 'is-system-running'], { timeoutMs: 10_000 });
  return state.stdout.toString('utf8').trim() === 'stopping';
}
