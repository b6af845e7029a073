import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serverLines } from '../../../src/master/guard/foreign-server/lines.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import {
  addBridge,
  addBroadcastRoute,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
  type NetworkNamespace,
} from '../../../src/platform/network/network-namespace.ts';
import { type Child, startChild } from '../../../src/platform/process/child.ts';
import { run } from '../../../src/platform/process/command.ts';
import { ARCHITECTURES } from '../../loaders-there.ts';
import type { DhcpAnswer } from '../fixtures/master-room.ts';
import { unconfinedProgram } from '../fixtures/unconfined-program.ts';

const isRoot = process.getuid?.() === 0;
const OURS = '192.168.9.250';
const TEXT = serverLines(OURS, ARCHITECTURES);
const MENU = `http://${OURS}/menu.ipxe`;
const FROM_OPTION_175 = { without: '0xb105018086100e21010110010200', with: '0xb1050115b31013130101180101' };
const BIOS = { 60: 'PXEClient:Arch:00000:UNDI:002001', 93: '0x0000' };

/** How an administrator has them in a server that worked before: each part where its heading says. */
interface Server {
  name: string;
  program: string;
  /** the whole configuration file, with our part or, as it was before, without */
  file: (part: (heading: string) => string, directory: string) => string;
  check: (path: string) => string[];
  serve: (path: string, directory: string) => string[];
  environment?: (directory: string) => Record<string, string>;
}

const SERVERS: Server[] = [
  {
    name: 'ISC dhcpd',
    program: 'dhcpd',
    // a definition of the same option, as installers of others bring it, is there already
    file: (part) => `
      option client-arch code 93 = unsigned integer 16;
      ${part('ISC dhcpd, 1 of 2')}
      subnet 192.168.9.0 netmask 255.255.255.0 {
        range 192.168.9.20 192.168.9.90;
        option routers 192.168.9.1;
        ${part('ISC dhcpd, 2 of 2')}
      }`,
    check: (path) => ['-t', '-cf', path],
    serve: (path, directory) => ['-f', '-cf', path, '-lf', join(directory, 'leases'), '-pf', join(directory, 'pid'), 'eth0'],
  },
  {
    name: 'dnsmasq',
    program: 'dnsmasq',
    file: (part, directory) => `
port=0
interface=eth0
bind-interfaces
dhcp-range=192.168.9.20,192.168.9.90
dhcp-leasefile=${join(directory, 'leases')}
no-ping
${part('dnsmasq')}
`,
    check: (path) => ['--test', `--conf-file=${path}`],
    serve: (path) => ['--keep-in-foreground', '--user=root', `--conf-file=${path}`],
  },
  {
    name: 'Kea',
    program: 'kea-dhcp4',
    file: (part, directory) => `{ "Dhcp4": {
      "interfaces-config": { "interfaces": ["eth0"], "dhcp-socket-type": "raw" },
      "lease-database": { "type": "memfile", "persist": false, "name": "${join(directory, 'leases')}" },
      "subnet4": [{ "id": 1, "subnet": "192.168.9.0/24", "pools": [{ "pool": "192.168.9.20 - 192.168.9.90" }] }],
      ${part('Kea') || '"valid-lifetime": 600'}
    } }`,
    check: (path) => ['-t', path],
    serve: (path) => ['-c', path],
    environment: (directory) => ({ KEA_PIDFILE_DIR: directory, KEA_LOCKFILE_DIR: 'none', KEA_CONTROL_SOCKET_DIR: directory }),
  },
];

const MACHINES: [what: string, options: Record<string, string>, file: string, nextServer: string | undefined][] = [
  ['BIOS', BIOS, 'undionly.kpxe', OURS],
  ['UEFI', { 60: 'PXEClient:Arch:00007:UNDI:003016', 93: '0x0007' }, 'shimx64.efi', OURS],
  ['UEFI byte code', { 60: 'PXEClient:Arch:00009', 93: '0x0009' }, 'shimx64.efi', OURS],
  ['UEFI HTTP boot', { 60: 'HTTPClient:Arch:00016:UNDI:003016', 93: '0x0010' }, `http://${OURS}/install/loader/shimx64.efi`, undefined],
  ['iPXE', { ...BIOS, 77: 'iPXE', 175: FROM_OPTION_175.with }, MENU, undefined],
  ['iPXE without HTTP', { ...BIOS, 77: 'iPXE', 175: FROM_OPTION_175.without }, 'undionly.kpxe', OURS],
  ['gPXE', { ...BIOS, 77: 'gPXE', 175: FROM_OPTION_175.with }, 'undionly.kpxe', OURS],
];

describe('the lines for another DHCP server, in that server', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let server: NetworkNamespace;
  let client: NetworkNamespace;
  before(async () => {
    const name = `recon-test-${process.pid}`;
    server = stack.use(await createNetworkNamespace(`${name}-f`));
    client = stack.use(await createNetworkNamespace(`${name}-c`));
    const hub = stack.use(await createNetworkNamespace(`${name}-h`));
    await addBridge(hub, 'br0');
    await addCable(hub, 'br0', 'port1', server);
    await addCable(hub, 'br0', 'port2', client);
    await addNamespaceAddress(server, 'eth0', '192.168.9.1/24');
    await addNamespaceAddress(client, 'eth0', '192.168.9.200/24');
    await addBroadcastRoute(client, 'eth0');
  });
  after(() => stack.disposeAsync());

  for (const one of SERVERS) {
    test(`${one.name} takes them, and hands out our files by them`, async (context) => {
      await using directory = await temporaryDirectory('recon-foreign-');
      const { path } = directory;
      const program = await unconfinedProgram(one.program, path);
      if (program === undefined) return context.skip(`${one.program} is not installed`);
      const environment = one.environment?.(path) ?? {};
      await writeFile(join(path, 'leases'), '');
      const file = join(path, 'server.conf');
      for (const part of [() => '', partOf]) {
        await writeFile(file, one.file(part, path));
        const checked = await run([program, ...one.check(file)], { timeoutMs: 60_000, environment });
        assert.equal(checked.exitCode, 0, `${checked.stdout}${checked.stderr}`);
      }
      await using running = started(startChild(server.inside([program, ...one.serve(file, path)]), { environment }));
      await untilItAnswers(running.child);
      for (const [at, [what, options, bootFile, nextServer]] of MACHINES.entries()) {
        const [offer] = await ask({ mac: `52:54:00:00:0a:0${at}`, options });
        assert.ok(offer, `${what}: no offer`);
        const file67 = Buffer.from(offer.options['67'] ?? '', 'hex')
          .toString()
          .replace(/\0$/, '');
        assert.equal(file67 || offer.bootFile, bootFile, what);
        if (nextServer !== undefined) assert.equal(offer.nextServer, nextServer, what);
        if (what === 'UEFI HTTP boot') assert.equal(Buffer.from(offer.options['60'] ?? '', 'hex').toString(), 'HTTPClient');
      }
      const [other] = await ask({ mac: '52:54:00:00:0b:01', options: { 60: 'MSFT 5.0' } });
      assert.equal(other?.bootFile, '', 'a machine that does not boot from the network has its address and no file');
    });
  }

  async function untilItAnswers(child: Child): Promise<void> {
    let hasEnded = false;
    void child.exited.then(() => {
      hasEnded = true;
    });
    while ((await ask({ mac: '52:54:00:00:0b:02', options: BIOS, waitMs: 500 })).length === 0) {
      assert.ok(!hasEnded, 'the server has ended');
      await delay(100);
    }
  }

  async function ask(request: object): Promise<DhcpAnswer[]> {
    const program = join(import.meta.dirname, '../fixtures/dhcp-client.ts');
    const { stdout } = await run(client.inside([process.execPath, program, JSON.stringify(request)]), { timeoutMs: 30_000 });
    return JSON.parse(stdout.toString());
  }
});

function partOf(heading: string): string {
  const part = new RegExp(`== ${heading}[^\\n]*==\\n\\n([\\s\\S]*?)\\n\\n==`).exec(TEXT)?.[1];
  assert.ok(part !== undefined, heading);
  return part;
}

function started(child: Child): AsyncDisposable & { child: Child } {
  return { child, [Symbol.asyncDispose]: async () => void (await child.stop()) };
}
