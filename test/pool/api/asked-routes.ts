import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deskTarball } from '../../desk/desk-fixture.ts';
import { PASSWORD, type poolRig } from './pool-rig.ts';

type Rig = Awaited<ReturnType<typeof poolRig>>;

/** What a route is asked with, so that it does its work; the rest of the body is nothing. */
export interface RouteAsked {
  path?: string;
  body?: unknown;
  file?: Buffer;
  /** status of what is refused for what it says, and for nothing else */
  status?: number;
}

const MAC = '52:54:00:66:00:99';
const CSV = 'name,mac\nnode-060,52:54:00:66:00:60\n';

const ASKED: Readonly<Record<string, RouteAsked>> = {
  'POST /pool/check': { body: { files: { 'pool.yaml': 'unknown: local-disk\n', 'nodes.yaml': 'node-000: { macs: [] }\n' } } },
  'POST /pool/apply': { body: {} },
  'GET /pool/revisions/{revision}': { path: '/pool/revisions/1' },
  'GET /pool/diff': { path: '/pool/diff?from=1&to=1' },
  'POST /pool/rollback': { body: { revision: 1 } },
  'GET /nodes': { path: '/nodes?selector=node-000' },
  'POST /nodes': { body: { name: 'node-050', macs: ['52:54:00:66:00:50'] } },
  'GET /nodes/{name}': { path: '/nodes/node-000' },
  'GET /nodes/{name}/why': { path: '/nodes/node-000/why' },
  'GET /nodes/{name}/dmesg': { path: '/nodes/node-000/dmesg' },
  'POST /nodes/{name}/release': { path: '/nodes/node-000/release' },
  'PATCH /nodes/{name}': { path: '/nodes/node-000', body: { note: 'new power supply' } },
  'POST /nodes/{name}/rename': { path: '/nodes/node-000/rename', body: { to: 'login' } },
  'DELETE /nodes/{name}': { path: '/nodes/node-000' },
  'POST /nodes/{name}/replace-nic': { path: '/nodes/node-001/replace-nic', body: { old: '52:54:00:66:00:03', new: MAC } },
  'POST /nodes/adopt': { body: { mac: MAC, name: 'node-099' } },
  'POST /nodes/import': { body: { csv: CSV } },
  'POST /nodes/import/preview': { body: { csv: CSV } },
  'PUT /groups/{name}': { path: '/groups/rack9', body: { boot: 'recon' } },
  'DELETE /groups/{name}': { path: '/groups/empty' },
  'POST /groups/{name}/members': { path: '/groups/rack1/members', body: { add: ['node-001'], remove: ['node-000'] } },
  'DELETE /images/{name}/{version}': { path: '/images/debian/3' },
  'GET /profiles/{name}': { path: '/profiles/compute' },
  'PUT /profiles/{name}': { path: '/profiles/live', body: { kind: 'linux', kernel: 'live/vmlinuz' } },
  'DELETE /profiles/{name}': { path: '/profiles/spare' },
  'POST /assignments': { body: { selector: 'node-001', boot: 'failsafe' } },
  'POST /users': { body: { name: 'bob', role: 'viewer' } },
  'PUT /users/{name}': { path: '/users/carol', body: { role: 'operator' } },
  'POST /users/{name}/link': { path: '/users/carol/link' },
  'DELETE /users/{name}': { path: '/users/carol' },
  'POST /own/tokens': { body: { name: 'mine', role: 'viewer', days: 90 } },
  'POST /tokens': { body: { name: 'ci', role: 'viewer', days: 90 } },
  'GET /session/issuer': { status: 303 },
  'GET /session/issuer/return': { status: 303 },
};

/** What a route is asked with, by its method and path; undefined: nothing but its path. */
export function askedOf(name: string): RouteAsked {
  return ASKED[name] ?? {};
}

/** The same for a head on which it does its work: what it is asked for is there. */
export async function preparedFor(name: string, rig: Rig): Promise<RouteAsked> {
  const { people, sessionOf } = rig;
  await people.addUser('carol', { role: 'viewer' });
  const [first] = await people.tokens();
  const prepared: Record<string, () => Promise<RouteAsked>> = {
    'DELETE /tokens/{id}': async () => ({ path: `/tokens/${first?.id}` }),
    'DELETE /own/tokens/{id}': async () => ({
      path: `/own/tokens/${(await people.createToken({ name: 'mine', role: 'viewer', owner: 'user-viewer' }, 'user-viewer')).token.id}`,
    }),
    'POST /session': async () => {
      await sessionOf('operator');
      return { body: { name: 'user-operator', password: PASSWORD } };
    },
    'POST /setup': async () => ({ body: { link: await people.addUser('dora', { role: 'operator' }), password: PASSWORD } }),
    'POST /nodes/import/visit': async () => ({ file: await readFile((await deskTarball(join(rig.directory, 'desk'), ['CZ41'])).path) }),
  };
  return (await prepared[name]?.()) ?? askedOf(name);
}
