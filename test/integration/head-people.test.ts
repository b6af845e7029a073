import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import {
  addBridge,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
  type NetworkNamespace,
} from '../../src/platform/network/network-namespace.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const isRoot = process.getuid?.() === 0;
const MAIN = join(import.meta.dirname, '../../src/main.ts');
/** /sys shows the interfaces of whoever mounted it; the guard reads there which addresses are our own. */
const OWN_SYS = ['unshare', '--mount', 'sh', '-c', 'mount -t sysfs none /sys && exec "$@"', 'sh'] as const;
const HEAD = 'https://192.0.2.1';
const PASSWORD = 'four words in a row';
const MAC = '52-54-00-66-00-01';

describe('the people of a head node: HTTPS on one side, machines on the other', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  const said: string[] = [];
  let [root, token, fingerprint] = ['', '', ''];
  let inside: Record<'head' | 'machine' | 'person', NetworkNamespace>;
  before(async () => {
    root = stack.use(await temporaryDirectory('recon-people-')).path;
    const name = `recon-people-${process.pid}-${randomBytes(2).toString('hex')}`;
    const namespace = async (letter: string) => stack.use(await createNetworkNamespace(`${name}-${letter}`));
    const [hub, head, machine, person] = [await namespace('s'), await namespace('h'), await namespace('m'), await namespace('p')];
    for (const bridge of ['br0', 'br1']) await addBridge(hub, bridge);
    await addCable(hub, 'br1', 'port1', head);
    for (const words of ['down', 'name eth1', 'up'])
      await run(head.inside(['ip', 'link', 'set', words === 'up' ? 'eth1' : 'eth0', ...words.split(' ')]), { timeoutMs: 30_000 });
    await addCable(hub, 'br1', 'port2', person);
    await addCable(hub, 'br0', 'port3', head);
    await addCable(hub, 'br0', 'port4', machine);
    // the guard takes a machine that is not of the pool for a foreign one
    await run(machine.inside(['ip', 'link', 'set', 'eth0', 'address', '52:54:00:66:00:01']), { timeoutMs: 30_000 });
    await addNamespaceAddress(machine, 'eth0', '10.10.0.10/16');
    await addNamespaceAddress(person, 'eth0', '192.0.2.7/24');
    await addNamespaceAddress(head, 'eth1', '192.0.2.1/24');
    inside = { head, machine, person };
    // dnsmasq is a user of its own
    await chmod(root, 0o755);
    for (const folder of ['pool', 'images', 'loaders']) await mkdir(join(root, folder));
    await writeFile(join(root, 'pool/pool.yaml'), 'networks: { private: { interface: eth0, subnet: 10.10.0.0/16 } }\n');
    await writeFile(join(root, 'pool/nodes.yaml'), "node-000: { macs: ['52:54:00:66:00:01'], address: 10.10.0.10 }\n");
    const folders = ['pool', 'images', 'state', 'loaders'].flatMap((one) => [`--${one}`, join(root, one)]);
    const files = ['--socket', join(root, 'run/head.sock'), '--users', join(root, 'users.yaml')];
    const serve = ['head', 'serve', '--interface', 'eth0', ...folders, ...files];
    const child = startChild(head.inside([...OWN_SYS, process.execPath, MAIN, ...serve]), { onLine: (line) => said.push(line) });
    stack.defer(async () => void (await child.stop()));
    await until(() => said.some((line) => line.includes('eth0: serving DHCP')), 'the head to serve');
  });
  after(() => stack.disposeAsync());

  async function until(isThere: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (let time = 0; time < 600; time += 1) {
      if (await isThere()) return;
      await delay(100);
    }
    assert.fail(`${what} did not come:\n${said.join('\n')}`);
  }
  const from = (side: 'head' | 'machine' | 'person', argv: readonly [string, ...string[]], environment = {}): Promise<CommandResult> =>
    run(inside[side].inside(argv), { timeoutMs: 60_000, environment });
  const curl = async (side: 'machine' | 'person' | 'head', ...words: string[]): Promise<string> =>
    (await from(side, ['curl', '-sSk', '-m', '20', ...words])).stdout.toString('utf8');
  const recon = (words: string[], environment = {}): Promise<CommandResult> =>
    from('person', [process.execPath, MAIN, ...words], environment);
  const atHead = (): string[] => ['--head', HEAD, '--fingerprint', fingerprint];

  it('a person opens the link of the log, sets a password, signs in, and makes a token', async () => {
    const log = said.join('\n');
    const [, link = ''] = /https:\/\/192\.0\.2\.1\/#setup=(\S+)/.exec(log) ?? [];
    fingerprint = /SHA-256 (\S+)/.exec(log)?.[1] ?? '';
    const post = (path: string, body: object, ...more: string[]): Promise<string> =>
      curl('person', '-H', 'content-type: application/json', '-d', JSON.stringify(body), ...more, `${HEAD}/api/v1${path}`);
    const jar = join(root, 'cookies');
    assert.match(await post('/setup', { link, password: PASSWORD }), /"name":"admin"/);
    assert.match(await post('/setup', { link, password: 'another long password' }), /login-wrong/);
    assert.match(await post('/session', { name: 'admin', password: PASSWORD }, '-c', jar), /"role":"admin"/);
    const made = JSON.parse(await post('/tokens', { name: 'desk', role: 'admin' }, '-b', jar));
    token = made.secret;
    assert.match(token, /^recon_/);
    assert.match(await post('/tokens', { name: 'x', role: 'admin' }), /login-needed/);
  });

  it('what is assigned is what the next script says: a click counts at the next request', async () => {
    assert.match(await curl('machine', `http://10.10.0.1/boot/${MAC}`), /sanboot|exit/);
    const assigned = await recon(['assign', 'node-000', 'hold', ...atHead()], { RECON_TOKEN: token });
    assert.equal(assigned.stdout.toString(), 'node-000\nnode-000: boots hold: revision 2');
    assert.match(await curl('machine', `http://10.10.0.1/boot/${MAC}`), /node-000 is held/);
    const list = await recon(['node', 'list', '--json', ...atHead()], { RECON_TOKEN: token });
    const [node] = JSON.parse(list.stdout.toString()).nodes;
    assert.deepEqual([node.assigned, node.seen.given, node.seen.address], ['hold', 'hold', '10.10.0.10']);
  });

  it('whoever watches sees machines ask and revisions come, by people and by hand', async () => {
    const lines: string[] = [];
    await writeFile(join(root, 'token'), `header = "authorization: Bearer ${token}"\n`);
    const watcher = startChild(inside.person.inside(['curl', '-sSkN', '-K', join(root, 'token'), `${HEAD}/api/v1/events`]), {
      onLine: (line) => lines.push(line),
    });
    try {
      await until(() => lines.includes('event: hello'), 'the first event');
      await curl('machine', `http://10.10.0.1/boot/${MAC}`);
      await until(() => lines.includes('data: {"macs":["52:54:00:66:00:01"]}'), 'the machine');
      await recon(['assign', 'node-000', '--clear', ...atHead()], { RECON_TOKEN: token });
      await until(() => lines.some((line) => line.includes('"revision":3,"by":"token desk"')), 'the change by a person');
      await writeFile(join(root, 'pool/groups.yaml'), 'rack1: {}\n');
      await until(() => lines.some((line) => line.includes('"revision":4,"by":"folder"')), 'the change by hand');
      assert.equal(lines.filter((line) => line.includes('"revision":')).length, 2, 'each once');
    } finally {
      await watcher.stop();
    }
  });

  it("the machines' side has no route of people, whatever the Host header says, and people are not served there", async () => {
    for (const host of ['10.10.0.1', 'bang', '192.0.2.1', 'localhost'])
      for (const path of ['/api/v1/pool', '/api/v1/nodes', '/api/v1/session', '/api/v1/openapi.json', '/events', '/'])
        assert.equal(
          await curl(
            'machine',
            '-o',
            join(root, 'body'),
            '-w',
            '%{http_code}',
            '-H',
            `Host: ${host}`,
            '-H',
            `Authorization: Bearer ${token}`,
            `http://10.10.0.1${path}`,
          ),
          host === '192.0.2.1' ? '403' : '404',
          `${host} ${path}`,
        );
    // what refuses a foreign name refuses before it looks for a route: nothing of it is an answer of the API
    assert.doesNotMatch(await readFile(join(root, 'body'), 'utf8'), /revision|nodes|person/);
    assert.equal(await curl('machine', 'https://10.10.0.1/api/v1/session'), '');
    await from('machine', ['ip', 'route', 'add', '192.0.2.0/24', 'via', '10.10.0.1']);
    assert.equal(await curl('machine', `${HEAD}/api/v1/session`), '', 'nor at the other address, by way of the head');
    assert.equal(await curl('person', `${HEAD}/api/v1/session`), '{}');
  });

  it('being on the head is no reason to be let in, but for root on its socket', async () => {
    assert.match(await curl('head', 'https://127.0.0.1/api/v1/pool'), /login-needed/);
    const local = await from('head', [process.execPath, MAIN, 'audit', '--verify', '--socket', join(root, 'run/head.sock')]);
    assert.match(local.stdout.toString(), /^whole: \d+ lines/);
  });

  it('a certificate that is not the one that was named is sent nothing, and the token is on no command line', async () => {
    const named = fingerprint.replace(/^../, fingerprint.startsWith('00') ? '11' : '00');
    const refused = await recon(['node', 'list', '--head', HEAD, '--fingerprint', named], { RECON_TOKEN: token });
    assert.deepEqual([refused.exitCode, refused.stderr.toString().includes(fingerprint)], [1, true]);
    await writeFile(join(root, 'only-token'), `${token}\n`, { mode: 0o600 });
    const seen: string[] = [];
    const asked = recon(['node', 'list', ...atHead(), '--token-file', join(root, 'only-token')]);
    const watched = { isOver: false };
    void asked.finally(() => {
      watched.isOver = true;
    });
    while (!watched.isOver) seen.push(...(await commandLines()));
    assert.equal((await asked).exitCode, 0);
    assert.ok(
      seen.some((line) => line.includes('only-token')),
      'the command was seen',
    );
    assert.ok(!seen.some((line) => line.includes(token)), 'and its token was not');
  });

  async function commandLines(): Promise<string[]> {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    return Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')));
  }
});
