import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PATHS } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { type ProfileKind, reportsUp } from '../../domain/pool/profile.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { bootFactsOf } from '../../master/boot/boot-facts.ts';
import type { ScriptLoader } from '../../master/boot/other-boots.ts';
import { LOADER_PATH } from '../../master/dhcp/dnsmasq/config-boot.ts';
import { headThenGet } from '../../master/http/head-then-get.ts';
import { rateLimit } from '../../master/http/rate-limit.ts';
import { headerOf } from '../../master/http/request-header.ts';
import { afterEvent } from '../decide/boot-history.ts';
import type { Decision } from '../decide/decide.ts';
import { lookalikeOf } from '../decide/lookalike.ts';
import { decideNow } from '../history/decide-now.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';
import { firstScript, gpxeScript } from '../script/first-script.ts';
import { type AskingMachine, askingMachine } from './asking-machine.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { noteDelivered } from './note-delivered.ts';
import { ownScript } from './own-script.ts';
import type { Unfit } from './unfit-machine.ts';

type Deps = Pick<MachinesDeps, 'pool' | 'leases' | 'limits' | 'images' | 'book' | 'tokens' | 'now' | 'onOnceOver' | 'below' | 'reconUrl'>;

const ScriptQuery = z.looseObject({
  held: z.string().max(1).optional().catch(undefined),
  want: z.string().max(63).optional().catch(undefined),
});

/** The first script, and each machine's own. */
export function scriptRoutes(app: FastifyInstance, deps: Deps): void {
  const { scriptBurst: burst, scriptsPerSecond: perSecond, machines: keys } = deps.limits;
  const perAddress = rateLimit({ burst, perSecond, keys });
  const text = (reply: FastifyReply, script: string): FastifyReply =>
    reply.type('text/plain').header('cache-control', 'no-store').send(script);
  const gpxe = (request: FastifyRequest): string => gpxeScript(`${ourUrl(request, deps).base}${LOADER_PATH}undionly.kpxe`);
  app.get(PATHS.menu, async (request, reply) => text(reply, firstScript(ourUrl(request, deps).base)));
  app.get('/menu.gpxe', async (request, reply) => text(reply, gpxe(request)));
  const own =
    (loader: ScriptLoader) =>
    async (request: FastifyRequest): Promise<string> => {
      const asker = askingMachine(request, deps);
      if (!perAddress.take(asker.address))
        throw new ReconError('busy', `${asker.address} asks for scripts too often`, { hint: 'Wait a minute.' });
      if (/^gPXE\b/i.test(headerOf(request, 'user-agent') ?? '')) return gpxe(request);
      return (await answerScript(deps, asker, request, loader)).script;
    };
  app.get('/boot/:mac', headThenGet(own('ipxe')));
  app.get('/nodes/:mac/boot.ipxe', headThenGet(own('ipxe')));
  app.route({ method: ['GET', 'HEAD'], url: '/nodes/:mac/boot.grub', handler: headThenGet(own('grub')) });
}

export interface AnsweredScript {
  script: string;
  /** of what it boots; undefined: it is asked for its facts first */
  kind?: ProfileKind;
  choice?: string;
}

/** The script of a machine that asks now, which is then written down. @throws ReconError `forbidden` for a choice that it is not offered */
export async function answerScript(
  deps: Deps,
  asker: AskingMachine,
  request: FastifyRequest,
  loader: ScriptLoader,
): Promise<AnsweredScript> {
  const ours = ourUrl(request, deps);
  const { held, want } = ScriptQuery.parse(request.query);
  const pool = deps.pool();
  const before = deps.book.of(asker);
  const said = saidFacts(request.query);
  // a set-up that names each machine's script itself sends no facts; rules over them want the first script before
  if (loader === 'ipxe' && said === undefined && Object.keys(before?.facts ?? {}).length === 0 && pool.settings.rules.length > 0)
    return { script: firstScript(ours.base) };
  const facts = { ...before?.facts, ...said };
  const nowMs = deps.now().getTime();
  const known = { mac: asker.mac, ...definedOnly(facts) };
  const decided = decideNow(pool, known, before, { nowMs, isHeld: held !== undefined });
  const decision = want === undefined ? decided.decision : wanted(pool, decided.decision, want);
  const { script, because, unfit, ...own } = await ownScript(deps, asker, { decision, facts, loader }, ours);
  const { kind, choice } = unfit === undefined ? { kind: decision.profile.kind, choice: own.choice } : ITS_OWN_DISK;
  const looksLike = asker.node === undefined ? lookalikeOf(pool, known, deps.book.seen) : undefined;
  const at = deps.now().toISOString();
  deps.book.note(asker, () => ({
    ...{ address: asker.address, facts, signature: decided.signature, looksLike },
    ...(unfit === undefined ? {} : { problem: problemOf(unfit, at) }),
    history: afterEvent(decided.history, { event: 'script', atMs: nowMs, kind, isOnce: decision.isOnce }),
    script: { at, choice, kind, isOnce: decision.isOnce, because },
  }));
  deps.tokens.begin(asker.mac);
  if (isDeliveredAtOnce(decision, decided.decision)) noteDelivered(deps, asker);
  return { script, kind, choice };
}

/** What a machine is given that cannot run what was chosen. */
const ITS_OWN_DISK = { kind: 'local-disk', choice: 'local-disk' } as const;

function problemOf({ problem, sentence: detail }: Unfit, at: string): NonNullable<WatchedMachine['problem']> {
  return { at, report: { stage: 'config', problem, detail } };
}

/** What a machine has chosen itself: of its menu or a menu in it, or failsafe while it is held. @throws ReconError `forbidden` */
function wanted(pool: Pool, decision: Decision, name: string): Decision {
  const profile = pool.profiles.get(name);
  const isOffered = decision.profile.kind === 'hold' ? name === 'failsafe' : isInMenu(pool, decision.profileName, name, new Set());
  if (profile === undefined || !isOffered) throw new ReconError('forbidden', `${name} is not among what this machine is offered`);
  const { imageVersion: _other, ...rest } = decision;
  return { ...rest, profileName: name, profile };
}

function isInMenu(pool: Pool, menu: string, name: string, visited: Set<string>): boolean {
  const profile = pool.profiles.get(menu);
  if (profile?.kind !== 'menu' || visited.has(menu)) return false;
  visited.add(menu);
  return profile.items.some((item) => item === name || isInMenu(pool, item, name, visited));
}

/** Of what cannot report and has no file of ours, the script is the last that is seen. A menu is drawn, which delivers nothing. */
function isDeliveredAtOnce({ profile }: Decision, decided: Decision): boolean {
  if (profile.kind === 'recon' || profile.kind === 'local-disk') return true;
  if (profile.kind === 'menu' || profile.kind === 'hold' || decided.profile.kind === 'hold') return false;
  const source =
    profile.kind === 'linux' ? profile.kernel : profile.kind === 'iso' ? profile.iso : profile.kind === 'script' ? profile.script : '';
  return !reportsUp(profile.kind) && /^https?:/.test(source);
}

function saidFacts(query: unknown): WatchedMachine['facts'] | undefined {
  const early = bootFactsOf(typeof query === 'object' && query !== null ? { ...query } : {});
  if (early === undefined) return undefined;
  const { vendor, product, serial, uuid, memoryBytes, platform, buildArchitecture } = early;
  const firmware: 'uefi' | 'bios' | undefined = platform === 'efi' ? 'uefi' : platform === 'pcbios' ? 'bios' : undefined;
  const architecture: 'arm64' | 'x86_64' | undefined =
    buildArchitecture === 'arm64' ? 'arm64' : buildArchitecture === undefined ? undefined : 'x86_64';
  return definedOnly({ vendor, product, serial, uuid, memoryBytes, firmware, architecture });
}

/** The address at which the client reached us is the one in its own segment. */
function ourUrl(
  { socket }: FastifyRequest,
  { below = '' }: Pick<MachinesDeps, 'below'>,
): { origin: string; base: string; address: string } {
  const address = plainAddress(socket.localAddress ?? '127.0.0.1');
  const port = socket.localPort === undefined || socket.localPort === 80 ? '' : `:${socket.localPort}`;
  const origin = `http://${address.includes(':') ? `[${address}]` : address}${port}`;
  return { origin, base: `${origin}${below}`, address };
}
