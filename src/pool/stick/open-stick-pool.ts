import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bootScriptPath } from '../../domain/api.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { STICK_POOL } from '../../domain/pool/stick-paths.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { FACTS_QUERY } from '../../master/boot/ipxe.ts';
import { INVENTORY, type OtherBoot, type OtherBoots, type OtherBootsInput, type ScriptLoader } from '../../master/boot/other-boots.ts';
import { openKeptRows } from '../../platform/database/kept-rows.ts';
import { exists } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { onceDisarmer } from '../head/disarm-once.ts';
import { followFolder } from '../head/follow-folder.ts';
import { type BootBook, openBootBook } from '../history/boot-book.ts';
import { type KernelMessages, openKernelMessages } from '../history/kernel-messages.ts';
import { bootsSeen } from '../public/boots-seen.ts';
import { imagesThere } from '../public/images-there.ts';
import { FROM_MENU } from '../script/leave.ts';
import { askingMachine } from '../serve/asking-machine.ts';
import { type BootTokens, openBootTokens } from '../serve/boot-tokens.ts';
import { fileRoutes } from '../serve/file-routes.ts';
import type { MachinesDeps } from '../serve/machines-deps.ts';
import { reportRoutes } from '../serve/report-routes.ts';
import { answerScript, scriptRoutes } from '../serve/script-routes.ts';
import { servedImages } from '../serve/served-images.ts';
import { tokenRoutes } from '../serve/token-routes.ts';
import { openPoolStore, type PoolStore } from '../store/pool-store.ts';
import { stickRoutes } from './stick-routes.ts';
import { stickView } from './stick-view.ts';

export interface StickPoolPlaces {
  /** RECONDATA */
  dataDirectory: string;
  /** in RAM: what was seen, and the accepted states of this boot */
  stateDirectory: string;
  loaderDirectory: string;
  log: Log;
  /** between two looks at the folder. Default 2 s */
  folderMs?: number;
}

/**
 * The pool of a stick; undefined when it has no folder for one, and everything is as without a pool. What is wrong with it is told, and all are
 * inventoried: a visit never waits for it. Never throws.
 */
export async function openStickPool(places: StickPoolPlaces, input: OtherBootsInput): Promise<OtherBoots | undefined> {
  try {
    return await openedPool(places, input);
  } catch (error) {
    places.log.warn(`the pool on the stick is left out, and every machine is inventoried: ${messageOf(error)}`);
    return undefined;
  }
}

async function openedPool(places: StickPoolPlaces, input: OtherBootsInput): Promise<OtherBoots | undefined> {
  const folder = join(places.dataDirectory, STICK_POOL.folder);
  if (!(await exists(folder))) return undefined;
  const { log, stateDirectory } = places;
  let tellChange = async (): Promise<void> => {};
  const changed = (): Promise<void> => tellChange();
  const store = await openPoolStore(folder, { stateDirectory: join(stateDirectory, 'pool'), now: input.now, onAccepted: changed });
  const kept = await keptParts(stateDirectory, log);
  const view = viewOf(store);
  const disarm = onceDisarmer(store, kept.book, log);
  kept.book.follow(view());
  const followed = (): void => {
    kept.book.follow(view());
    disarm();
  };
  const deps = machinesDeps(places, { folder, view, kept, disarm, input });
  const images = imagesThere(join(folder, STICK_POOL.images));
  const boots = bootsSeen({ ...kept, pool: view, nowMs: () => input.now().getTime() });
  const follower = followFolder({ store, log, everyMs: places.folderMs ?? 2000, onChange: async () => followed() });
  return {
    bootOf: (request, loader) => bootOf(deps, request, loader),
    machineRoutes: (app) => machineRoutes(app, deps),
    peopleRoutes: (app, withPin) => void app.register(async (people) => stickRoutes(people, { store, boots, images }, withPin)),
    renewing: () => [...view().nodes.values()].flatMap(({ macs }) => macs),
    follow: (onChange) => {
      let known = cardsOf(view());
      tellChange = async () => {
        const cards = cardsOf(view());
        const isOther = cards !== known;
        known = cards;
        if (isOther) await onChange();
      };
    },
    stop: async () => {
      await follower.stop();
      kept.close();
    },
  };
}

/** Made once for each accepted state: what is looked up in it hangs on it. */
function viewOf(store: Pick<PoolStore, 'state'>): () => Pool {
  let [of, view]: [Pool | undefined, Pool | undefined] = [undefined, undefined];
  return () => {
    const { pool } = store.state();
    if (view === undefined || of !== pool) [of, view] = [pool, stickView(pool)];
    return view;
  };
}

interface KeptParts {
  book: BootBook;
  tokens: BootTokens;
  kernelMessages: KernelMessages;
  close(): void;
}

async function keptParts(stateDirectory: string, log: Log): Promise<KeptParts> {
  const rowsOf = (table: string): ReturnType<typeof openKeptRows> =>
    openKeptRows(join(stateDirectory, 'pool.sqlite'), {
      table,
      onDamage: (keptAs) => log.warn(`what was seen of machines was damaged: ${keptAs}`),
    });
  const [machines, tokens] = [rowsOf('machines'), rowsOf('tokens')];
  return {
    ...{ book: openBootBook(machines), tokens: openBootTokens(tokens) },
    kernelMessages: await openKernelMessages(join(stateDirectory, 'pool-dmesg'), { mostFiles: MOST_DMESG }),
    close: () => {
      for (const rows of [machines, tokens]) rows[Symbol.dispose]();
    },
  };
}

/** They lie in the master's RAM: 8 MiB. */
const MOST_DMESG = 128;

interface DepsInput {
  folder: string;
  view: () => Pool;
  kept: KeptParts;
  disarm: () => void;
  input: OtherBootsInput;
}

function machinesDeps({ loaderDirectory, log }: StickPoolPlaces, { folder, view, kept, disarm, input }: DepsInput): MachinesDeps {
  return {
    ...{ pool: view, ...kept, leases: input.leases, limits: input.limits, now: input.now, log, loaderDirectory },
    ...{ below: STICK_POOL.machines, filesDirectory: join(folder, 'files'), images: servedImages(join(folder, STICK_POOL.images)) },
    // what asks at the master's other paths it has answered before
    isServedAddress: () => true,
    reconUrl: (origin, mac) => `${origin}${bootScriptPath(mac)}?${INVENTORY}=1&${FACTS_QUERY}`,
    onAlarm: (sentence) => log.warn(`ALARM: ${sentence}`),
    onOnceOver: disarm,
  };
}

/** Whoever comes here comes from the master's first script, which leaves to the next boot device itself. */
async function bootOf(deps: MachinesDeps, request: FastifyRequest, loader: ScriptLoader): Promise<OtherBoot | undefined> {
  const { script, kind, choice } = await answerScript(deps, askingMachine(request, deps), request, loader);
  if (kind === undefined || choice === undefined || kind === 'recon') return undefined;
  return { script: script.replace('#!ipxe\n', `#!ipxe\nset ${FROM_MENU} 1\n`), choice };
}

function machineRoutes(app: FastifyInstance, deps: MachinesDeps): void {
  const routes = async (pool: FastifyInstance): Promise<void> => {
    for (const add of [scriptRoutes, fileRoutes, tokenRoutes, reportRoutes]) add(pool, deps);
  };
  void app.register(routes, { prefix: STICK_POOL.machines });
}

function cardsOf({ nodes }: Pick<Pool, 'nodes'>): string {
  return [...nodes.values()].flatMap(({ macs }) => macs).join(' ');
}
