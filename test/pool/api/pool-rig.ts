import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BootedMachine, PoolImageView } from '../../../src/domain/pool/api-views.ts';
import type { PoolRole } from '../../../src/domain/pool/person.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { PoolAppOptions } from '../../../src/pool/api/parts/deps.ts';
import { eventHub } from '../../../src/pool/api/parts/event-hub.ts';
import { poolApp } from '../../../src/pool/api/pool-app.ts';
import { auditLog } from '../../../src/pool/audit/audit-log.ts';
import { NO_HISTORY } from '../../../src/pool/decide/boot-history.ts';
import { openPeople } from '../../../src/pool/people/people.ts';
import { visitReader } from '../../../src/pool/public/read-visit.ts';
import type { ChangeCommits } from '../../../src/pool/store/git-commits.ts';
import { openPoolStore } from '../../../src/pool/store/pool-store.ts';

export const HOST = 'head.test';
export const PASSWORD = 'five words that do not belong';
const FILES: Record<string, string> = {
  'pool.yaml': 'unknown: local-disk\nrules:\n  - { when: { vendor: Dell* }, boot: recon }\n',
  'nodes.yaml': `# rack 1
node-000: { macs: ['52:54:00:66:00:01'], groups: [rack1], boot: compute }
node-001: { macs: ['52:54:00:66:00:03'], groups: [rack2], serial: 'CZ31' }
`,
  'groups.yaml': 'rack1: { priority: 10, boot: failsafe }\nrack2: {}\nempty: {}\n',
  'profiles/compute.yaml': '# the nodes\nkind: compute\nimage: debian@3\n',
  'profiles/spare.yaml': 'kind: hold\n',
};
const MACHINES: BootedMachine[] = [
  { mac: '52:54:00:66:00:01', vendor: 'Dell Inc.', runs: 'failsafe@1', askedAt: '2026-11-29T06:00:00Z' },
  { mac: '52:54:00:66:00:99', serial: 'CZ31', askedAt: '2026-11-29T06:01:00Z' },
];
/** The card of node-000 was frozen. */
const release: PoolAppOptions['boots']['release'] = (mac) =>
  mac === MACHINES[0]?.mac ? { isReleased: true, why: 'somebody asked twice' } : { isReleased: false };
const dmesgOf: PoolAppOptions['boots']['dmesgOf'] = async (mac) =>
  mac === MACHINES[0]?.mac ? { at: '2026-11-29T06:00:00Z', text: '[    0.000000] Linux version 6.12\n' } : undefined;
const IMAGES: PoolImageView[] = [
  { name: 'debian', version: 3 },
  { name: 'failsafe', version: 1 },
];

/** A head's listener for people, not listening: asked by `inject`. */
export async function poolRig(t: TestContext, more: Partial<PoolAppOptions> = {}, commits?: ChangeCommits) {
  const directory = await temporaryDirectory('recon-api-');
  t.after(() => directory[Symbol.asyncDispose]());
  const folder = join(directory.path, 'pool');
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const clock = { ms: Date.parse('2026-11-29T06:10:00Z') };
  const [now, nowMs] = [() => new Date(clock.ms), () => clock.ms];
  const events = eventHub();
  const store = await openPoolStore(folder, {
    ...{ stateDirectory: join(directory.path, 'state'), now },
    onAccepted: async ({ number, by, what }) => events.publish({ event: 'revision', revision: number, by, what }),
    ...(commits === undefined ? {} : { commits }),
  });
  const people = openPeople({ file: join(directory.path, 'users.yaml'), now, nowMs });
  const audit = auditLog(join(directory.path, 'audit.jsonl'), { now });
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);
  const app = poolApp({
    ...{ store, people, audit, events, version: '1', hosts: [HOST] },
    log: { info: () => {}, debug: () => {}, warn, error: warn } as unknown as PoolAppOptions['log'],
    boots: { machines: () => MACHINES, historyOf: () => NO_HISTORY, nowMs, release, dmesgOf },
    visits: visitReader(directory.path),
    images: { list: async () => IMAGES, trouble: async () => undefined, remove: async () => {} },
    certificate: { trouble: () => undefined },
    ...more,
  });
  t.after(() => app.close());
  const tokenOf = async (role: PoolRole, groups?: string[]): Promise<string> =>
    (await people.createToken({ name: role, role, groups }, 'root')).secret;
  /** the header of a user of that role who is signed in */
  const sessionOf = async (role: PoolRole, groups?: string[]): Promise<Record<string, string>> => {
    const name = `user-${role}`;
    await people.setUp(await people.addUser(name, { role, groups }), PASSWORD, 'rig');
    return { cookie: `__Host-recon=${(await people.logIn(name, PASSWORD, 'rig')).secret}` };
  };
  const ask = async (method: string, path: string, given: { token?: string; body?: unknown; headers?: Record<string, string> } = {}) => {
    const { token, body, headers = {} } = given;
    const reply = await app.inject({
      method: method as 'GET',
      url: path.startsWith('/api') || path === '/' ? path : `/api/v1${path}`,
      headers: { host: HOST, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const text = reply.body;
    return {
      status: reply.statusCode,
      headers: reply.headers,
      text,
      json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined,
    };
  };
  return { app, store, people, audit, events, folder, directory: directory.path, clock, warnings, tokenOf, sessionOf, ask };
}
