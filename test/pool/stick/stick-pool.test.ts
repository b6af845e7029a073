import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { PIN_HEADER } from '../../../src/domain/page-paths.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { openStickPool } from '../../../src/pool/stick/open-stick-pool.ts';
import { type AppFixture, appFixture } from '../../master/app-fixture.ts';
import { everyRoute } from '../../master/every-route.ts';

const NODE = { mac: '52:54:00:66:00:01', address: '10.77.1.1', path: '/nodes/52-54-00-66-00-01' };
const OTHER = { mac: '52:54:00:66:00:99', address: '10.77.1.9', path: '/nodes/52-54-00-66-00-99' };
const FACTS = '?manufacturer=Dell%20Inc.&platform=efi&buildarch=x86_64';
const FILES = {
  'nodes.yaml': `node-000: { macs: ['${NODE.mac}'], address: 10.10.0.10, boot: compute }\n`,
  'profiles/compute.yaml': 'kind: compute\nimage: debian\n',
  'profiles/choose.yaml': 'kind: menu\nitems: [recon, local-disk]\n',
  'files/all/etc/motd': 'hello',
};

interface Rig extends AppFixture {
  /** of a machine, from its address */
  get(path: string, of?: typeof NODE, headers?: Record<string, string>): Promise<{ status: number; text: string; bytes: Buffer }>;
  post(path: string, body: object, headers?: Record<string, string>, from?: string): Promise<{ status: number; text: string }>;
}

/** @param files of the folder; as one text, there is a file in its place */
async function rig(files: Record<string, string> | string | null = FILES): Promise<Rig> {
  const fixture = await appFixture({
    openOtherBoots: async (root, input) => {
      await writePool(join(root, 'data'), files);
      const places = { dataDirectory: join(root, 'data'), stateDirectory: join(root, 'state'), loaderDirectory: join(root, 'loaders') };
      await mkdir(places.stateDirectory);
      return openStickPool({ ...places, log: silentLog, folderMs: 20 }, input);
    },
  });
  for (const { mac, address } of [NODE, OTHER]) await fixture.deps.leases.add(mac, address);
  const headers = { host: '10.77.0.1', 'user-agent': 'iPXE/1.21' };
  return {
    ...fixture,
    get: async (url, { address } = NODE, more = {}) => {
      const { statusCode, body, rawPayload } = await fixture.app.inject({ url, remoteAddress: address, headers: { ...headers, ...more } });
      return { status: statusCode, text: body, bytes: rawPayload };
    },
    post: async (url, body, more = {}, remoteAddress = '10.77.255.2') => {
      const { statusCode, body: text } = await fixture.app.inject({
        method: 'POST',
        url,
        remoteAddress,
        payload: body,
        headers: { host: '10.77.0.1', ...more },
      });
      return { status: statusCode, text };
    },
  };
}

async function writePool(data: string, files: Record<string, string> | string | null): Promise<void> {
  if (files === null) return;
  if (typeof files === 'string') return writeFile(join(data, 'pool'), files);
  const kernel = Buffer.from('a kernel');
  const entry = { sizeBytes: kernel.length, sha256: createHash('sha256').update(kernel).digest('hex') };
  const about = {
    name: 'debian',
    version: 3,
    kind: 'compute',
    architecture: 'x86_64',
    builtAt: '2026-11-29T06:00:00Z',
    kernelRelease: '6.12',
  };
  const manifest = JSON.stringify({ manifestVersion: 1, ...about, files: { kernel: entry, ramdisk: entry, 'root.sqfs': entry } });
  const at = 'images/debian/3';
  const all = {
    ...files,
    [`${at}/kernel`]: kernel,
    [`${at}/ramdisk`]: kernel,
    [`${at}/root.sqfs`]: kernel,
    [`${at}/manifest.json`]: manifest,
  };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(data, 'pool', path)), { recursive: true });
    await writeFile(join(data, 'pool', path), content);
  }
}

const PIN = { [PIN_HEADER]: '123456' };

test('without a folder there is no pool, and no route of one', async () => {
  await using stick = await rig(null);
  assert.match((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /root=live:http:\/\/bang\/install/);
  for (const path of ['/pool/state', '/pool/menu.ipxe', `/pool/boot/${NODE.mac}`]) assert.equal((await stick.get(path)).status, 404);
  assert.equal((await stick.post('/control/pool', { selector: 'all', boot: 'hold' }, PIN)).status, 404);
});

test('a node boots what the folder says, from the stick; everybody else is inventoried', async () => {
  await using stick = await rig();
  const { text } = await stick.get(`${NODE.path}/boot.ipxe${FACTS}`);
  assert.match(text, /^#!ipxe\nset recon-menu 1\n/);
  const [, kernel = ''] = /kernel --name kernel http:\/\/[^/]+(\S+)/.exec(text) ?? [];
  assert.equal(kernel, '/pool/images/debian/3/kernel');
  assert.match(text, /recon\.head=http:\/\/[^/ ]+\/pool /);
  assert.equal((await stick.get(kernel)).text, 'a kernel');
  const { stages, detail } = stick.deps.ledger.machine(NODE.mac) ?? {};
  assert.deepEqual([stages?.handover !== undefined, detail], [true, 'boots compute@3']);
  assert.match((await stick.get(`${OTHER.path}/boot.ipxe${FACTS}`, OTHER)).text, /root=live:http:\/\/bang\/install/);
  assert.equal((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`, OTHER)).status, 403, 'nobody asks in its name');
});

test('its files come with the token of its boot, and it is up', async () => {
  await using stick = await rig();
  await stick.get(`${NODE.path}/boot.ipxe${FACTS}`);
  const [, token = ''] =
    /recon-token\0+([0-9a-f]{64})/.exec((await stick.get(`/pool${NODE.path}/token.cpio`)).bytes.toString('latin1')) ?? [];
  const files = await stick.get(`/pool${NODE.path}/config.tar`, NODE, { [TOKEN_HEADER]: token });
  assert.match(files.text, /etc\/motd.*hello/s);
  const up = await stick.post(`/pool${NODE.path}/up`, { image: 'debian@3' }, { [TOKEN_HEADER]: token, 'user-agent': 'Wget' }, NODE.address);
  assert.equal(up.status, 204);
  const { nodes } = JSON.parse((await stick.get('/pool/state')).text);
  assert.deepEqual([nodes[0].name, nodes[0].seen.runs, nodes[0].next.choice], ['node-000', 'compute@3', 'compute']);
  assert.equal(nodes[0].address, undefined, 'the master leases addresses, and reserves none');
});

test('what is no pool keeps nobody from being inventoried', async () => {
  await using stick = await rig('a file of that name');
  assert.match((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /root=live:http:\/\/bang\/install/);
  assert.equal((await stick.get('/pool/state')).status, 404);
});

test('with the PIN somebody says what a node boots, and it counts at its next request', async () => {
  await using stick = await rig();
  const order = { selector: 'node-000', boot: 'choose' };
  assert.equal((await stick.post('/control/pool', order)).status, 403);
  assert.equal((await stick.post('/control/pool', order, { ...PIN, origin: 'http://evil.example' })).status, 403);
  assert.match((await stick.post('/control/pool', { selector: 'node-00', boot: 'choose' }, PIN)).text, /Did you mean node-000/);
  assert.match((await stick.post('/control/pool', { selector: 'node-000', boot: 'compute@9' }, PIN)).text, /There are 3\./);
  assert.equal((await stick.post('/control/pool', { selector: 'node-000' }, PIN)).status, 400);
  assert.deepEqual(JSON.parse((await stick.post('/control/pool', order, PIN)).text).nodes, ['node-000']);
  const menu = await stick.get(`${NODE.path}/boot.ipxe${FACTS}`);
  assert.match(menu.text, /item recon recon/);
  const chosen = await stick.get(`/pool/boot/${NODE.mac}?want=recon`);
  const [, inventory = ''] = /chain --replace --autofree http:\/\/[^/]+(\S+)/.exec(chosen.text) ?? [];
  assert.match(inventory, /boot\.ipxe\?inventory=1&/);
  assert.match((await stick.get(`${NODE.path}/boot.ipxe?inventory=1`)).text, /root=live:http:\/\/bang\/install/);
  assert.match(await readFile(join(stick.root, 'data/pool/nodes.yaml'), 'utf8'), /boot: choose/);
});

test('a one-shot boots once, and goes out of the file on the stick', async () => {
  await using stick = await rig();
  await stick.post('/control/pool', { selector: 'node-000', boot: 'local-disk', once: true }, PIN);
  assert.match((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /sanboot --no-describe --drive 0x80/);
  const file = join(stick.root, 'data/pool/nodes.yaml');
  for (let tries = 0; tries < 500 && (await readFile(file, 'utf8')).includes('once'); tries += 1) await setTimeout(20);
  assert.doesNotMatch(await readFile(file, 'utf8'), /once/);
  assert.match((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /\/pool\/images\/debian\/3\/kernel/);
});

test('a broken folder is told, and all are inventoried; when it breaks or goes away later, what served goes on', async () => {
  await using broken = await rig({ ...FILES, 'nodes.yaml': 'node-000: {\n' });
  assert.match((await broken.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /root=live:http:\/\/bang\/install/);
  assert.match((await broken.get('/pool/state')).text, /"file":"nodes\.yaml"/);
  await using stick = await rig();
  await writeFile(join(stick.root, 'data/pool/nodes.yaml'), 'node-000: {\n');
  assert.match((await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text, /\/pool\/images\/debian/);
  // the stick is pulled
  await rm(join(stick.root, 'data/pool'), { recursive: true });
  await setTimeout(300);
  assert.match(
    (await stick.get(`${NODE.path}/boot.ipxe${FACTS}`)).text,
    /node-000 cannot boot what was chosen for it: compute has no image here/,
  );
});

test('the pool answers own names only, on every path, and a page that asks changes nothing', async () => {
  await using one = await rig();
  const routes = await everyRoute(one.app);
  for (const path of ['/pool/state', '/control/pool'])
    assert.ok(
      routes.some(([, url]) => url === path),
      path,
    );
  for (const [method, url] of routes) {
    const answer = await one.app.inject({ method, url, remoteAddress: NODE.address, headers: { host: 'rebound.example' } });
    assert.equal(answer.statusCode, 403, `${method} ${url}`);
  }
  const state = async (): Promise<string> => (await one.get('/pool/state')).text;
  const before = await state();
  const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  for (const [method, url] of routes)
    if ((method === 'GET' || method === 'HEAD') && url !== '/live')
      await one.app.inject({
        method,
        url: url.replace('52-54-00-00-00-01', '52-54-00-66-00-01'),
        remoteAddress: NODE.address,
        headers: { host: '10.77.0.1', ...browser },
      });
  assert.equal(await state(), before);
});
