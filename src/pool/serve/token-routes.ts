import type { FastifyInstance } from 'fastify';
import { TOKEN_HEADER } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { plainAddress } from '../../domain/ip-address.ts';
import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { tokenArchive } from '../../master/boot/token-archive.ts';
import { headerOf } from '../../master/http/request-header.ts';
import { decideNow } from '../history/decide-now.ts';
import { RunReport } from '../history/watched-machine.ts';
import { type AskingMachine, askingMachine } from './asking-machine.ts';
import { configArchive } from './config-archive.ts';
import { firstBootFiles } from './first-boot-files.ts';
import { requireToken, wrongToken } from './known-token.ts';
import type { MachinesDeps } from './machines-deps.ts';
import { noteSuccess } from './note-delivered.ts';
import { type OverlayFile, overlayFiles } from './overlay-files.ts';
import { placeholderValues } from './placeholder-values.ts';

type Deps = Pick<
  MachinesDeps,
  'pool' | 'leases' | 'filesDirectory' | 'secretsDirectory' | 'book' | 'tokens' | 'now' | 'onAlarm' | 'onOnceOver'
>;

/** Where a node finds the key of its signs of life. */
const SESSION_FILE = 'run/recon/session';
const REPORT_BYTES = 8 * 1024;

/** The token of a boot; what it opens, once; and the signs of life that it and its session key may give. */
export function tokenRoutes(app: FastifyInstance, deps: Deps): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/nodes/:mac/token.cpio',
    handler: async (request, reply) => {
      const asker = askingMachine(request, deps);
      const token = deps.tokens.hand(asker.mac);
      return reply.type('application/octet-stream').header('cache-control', 'no-store').send(tokenArchive(token));
    },
  });
  app.get('/nodes/:mac/config.tar', async (request, reply) => {
    const asker = askingMachine(request, deps);
    admit(deps, asker, headerOf(request, TOKEN_HEADER) ?? '');
    const archive = await configArchive(await filesOf(deps, asker, plainAddress(request.socket.localAddress ?? '127.0.0.1')), deps.now());
    // what broke off on its way may be fetched again; what has arrived may not
    reply.raw.once('finish', () => {
      deps.tokens.taken(asker.mac);
      deps.book.note(asker, () => ({ progress: { at: deps.now().toISOString(), report: { stage: 'config' } } }));
    });
    return reply.type('application/x-tar').header('cache-control', 'no-store').send(archive);
  });
  for (const sign of ['up', 'alive'] as const) {
    app.post(`/nodes/:mac/${sign}`, { bodyLimit: REPORT_BYTES }, async (request, reply) => {
      const asker = askingMachine(request, deps);
      requireToken(deps, asker, request);
      noteSign(deps, asker, sign, RunReport.catch({}).parse(request.body ?? {}));
      return reply.code(204).send();
    });
  }
}

function admit(deps: Deps, asker: AskingMachine, token: string): void {
  const { book, tokens, onAlarm, now } = deps;
  const who = asker.node ?? asker.mac;
  if (asker.node === undefined) throw new ReconError('forbidden', `${asker.mac} is no node: it has no files here`);
  const answer = tokens.ask(asker.mac, token);
  if (answer === 'wrong') throw wrongToken(asker);
  if (answer === 'second') {
    const why = `${asker.address} asked with a token of ${who} that has been used`;
    book.note(asker, () => ({ frozen: { at: now().toISOString(), why } }));
    onAlarm(`${who} gets no secrets any more: ${why}. Somebody may have its card's address. Look at the switch port, then let it go on.`);
  }
  const { frozen } = book.of(asker) ?? {};
  if (frozen !== undefined)
    throw new ReconError('forbidden', `the secrets of ${who} are frozen: ${frozen.why}`, { hint: 'A person has to let it go on.' });
  if (answer === 'late')
    throw new ReconError('token-wrong', `${who} asks for its files too late after its boot script`, { hint: 'Boot it again.' });
}

async function filesOf(deps: Deps, asker: AskingMachine, headAddress: string): Promise<OverlayFile[]> {
  const pool = deps.pool();
  const seen = deps.book.of(asker);
  const { decision } = decideNow(pool, { mac: asker.mac, ...definedOnly(seen?.facts ?? {}) }, seen, {
    nowMs: deps.now().getTime(),
    isHeld: false,
  });
  // the profile of the script that it was given: the pool may say another one by now
  const given = parseBootChoice(seen?.script?.choice ?? '');
  const profileName = given?.profile ?? decision.profileName;
  const profile = pool.profiles.get(profileName) ?? decision.profile;
  const imageVersion = typeof given?.imageVersion === 'number' ? given.imageVersion : undefined;
  const values = placeholderValues(pool, { node: asker.node, groups: decision.groups, imageVersion, headAddress });
  const sets = profile.kind === 'compute' ? (profile.files ?? []) : [];
  const parts = { sets, groups: decision.groups.toReversed(), profile: profileName, node: asker.node ?? '' };
  const secrets = deps.secretsDirectory === undefined ? [] : await overlayFiles(deps.secretsDirectory, parts, 0o600);
  const session = Buffer.from(deps.tokens.session(asker.mac), 'ascii');
  return [
    // a file of the same path that somebody laid there for this node counts more
    ...(await firstBootFiles(profile, deps.filesDirectory, values)),
    ...(await overlayFiles(deps.filesDirectory, parts)),
    ...secrets,
    { path: SESSION_FILE, content: session, mode: 0o600 },
  ];
}

function noteSign(deps: Deps, asker: AskingMachine, sign: 'up' | 'alive', report: RunReport): void {
  const at = deps.now().toISOString();
  const { script } = deps.book.of(asker) ?? {};
  if (sign === 'alive') deps.book.note(asker, () => ({ alive: { at, report } }));
  else noteSuccess(deps, asker, { event: 'up' }, { up: { at, choice: script?.choice, report }, alive: { at, report }, problem: undefined });
}
