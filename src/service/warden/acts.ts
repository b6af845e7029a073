import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import type { BootFacts } from '../../domain/role.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { DnsmasqProcess } from '../../master/dhcp/dnsmasq/process.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { startRemoteLogin } from '../../platform/machine/remote-login.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { ownPlace } from '../own/own-place.ts';
import { selfInventory } from '../own/self-inventory.ts';
import { readVisitSettings, type VisitSettings } from '../settings/visit-settings.ts';
import { type DataStorage, openDataStorage } from '../stick/data-storage.ts';
import { MASTER_USER_ID, OWN_RECORD_DIRECTORY, OWN_RECORD_FILES, type WardenResult, type WardenWord } from './words.ts';

/** Nothing is there: the directory in RAM is the master's own. */
const NO_STICK = '/run/recon/no-stick';

/** What each word does. */
export type WardenActs = { readonly [W in WardenWord]: () => Promise<WardenResult<W>> };

/** What outlives the master's own starts. */
export interface WardenState {
  data: DataStorage | undefined;
  visit: VisitSettings | undefined;
  /** the one inventory that runs, or ran last; it never rejects */
  inventory: Promise<unknown>;
  dnsmasq: DnsmasqProcess | undefined;
}

interface WardenActsInput {
  facts: BootFacts;
  state: WardenState;
  /** starts it for this master */
  startDnsmasq: () => DnsmasqProcess;
  /** aborted when the inventory should end soon */
  hurry: AbortController;
  log: Log;
}

export function wardenActs({ facts, state, startDnsmasq, hurry, log }: WardenActsInput): WardenActs {
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
    'take-inventory': async () => takeInventory(opened(state.visit), state, hurry.signal, log),
    hurry: async () => {
      hurry.abort();
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
  state.data ??= await openDataStorage({ bootDevice, partUuid, anyTransport }, log, MASTER_USER_ID);
  const { directory, storage, reason } = state.data;
  // once: what the master itself wrote since, on the stick or in its RAM, is never run as root in this boot
  state.visit ??= await readVisitSettings(storage === 'stick' ? directory : NO_STICK, log);
  const { settings, toolsDirectory, collectorsDirectory, workload, said, mistakes } = state.visit;
  return {
    ...{ directory, storage },
    ...definedOnly({ reason }),
    place: await ownPlace(settings.site),
    visit: { settings, toolsDirectory, collectorsDirectory, workload, said, mistakes },
  };
}

/** With the operator's collectors, as root, and then for the master to read. */
async function takeInventory(
  visit: VisitSettings,
  state: WardenState,
  hurry: AbortSignal,
  log: Log,
): Promise<WardenResult<'take-inventory'>> {
  // that of a master that was killed may be still at it, in the same directory
  const taking = state.inventory.then(() => selfInventory(visit, log, hurry));
  state.inventory = taking.catch(() => {});
  const { mac, record, capture } = await taking;
  await makeDirectory(OWN_RECORD_DIRECTORY);
  const paths = [join(OWN_RECORD_DIRECTORY, OWN_RECORD_FILES.record), join(OWN_RECORD_DIRECTORY, OWN_RECORD_FILES.capture)] as const;
  await writeAtomic(paths[0], record, 0o600);
  await writeAtomic(paths[1], capture, 0o600);
  await giveToUser(MASTER_USER_ID, paths);
  return { mac };
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
