import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bundleProgram } from '../../../src/bundle/bundle.ts';
import { buildPostArchive } from '../../../src/peer/post-archive.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import {
  addBridge,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
  type NetworkNamespace,
} from '../../../src/platform/network/network-namespace.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { type Argv, run } from '../../../src/platform/process/command.ts';
import { bootUnits, type UnitsMachine } from './booted-units.ts';

const isRoot = process.getuid?.() === 0;
const hasSystemd = (await exists('/lib/systemd/systemd')) && (await exists('/usr/lib/systemd/system/dbus.socket'));
const skip = !isRoot ? 'needs root' : hasSystemd ? false : 'there is no systemd on this host';
const REPOSITORY = join(import.meta.dirname, '../../..');
/** On a machine that others keep busy. */
const LIMIT_MS = 300_000;

const PEER = {
  kernelArguments: 'root=live:http://10.77.0.1/install/recon/root.sqfs pxeaddr=10.77.0.1 BOOTIF=01-52-54-00-aa-00-01',
  files: {
    '/run/recon/token': `${'ab'.repeat(32)}\n`,
  },
  programs: {
    ipmitool: 'case "$*" in *"power off") echo "cut by $(id -u)" >> /run/power; exit 1 ;; *"mc info") exit 0 ;; *) exit 1 ;; esac',
    systemctl: 'case "$1" in poweroff) echo asked >> /run/power ;; *) exec /usr/bin/systemctl "$@" ;; esac',
    // older systemds do not know this property
    'systemd-run':
      'for word; do shift; case "$word" in *SurviveFinalKillSignal*) ;; 20) set -- "$@" 1 ;; *) set -- "$@" "$word" ;; esac; done; exec /usr/bin/systemd-run "$@"',
  },
} as const satisfies UnitsMachine;

describe('the units of the image under systemd: a peer', { skip }, () => {
  it('reads hardware as root without a network, talks to the master without root, and switches off against the receipt', async () => {
    await using room = await peerRoom(
      async (directory) => {
        const collectors = join(directory, 'collectors');
        await mkdir(collectors);
        await script(join(collectors, 'who'), 'id -u; cat /proc/net/dev');
        const list = [{ name: 'who', run: 'who', arguments: [], timeoutMs: 10_000 }];
        await writeFile(join(collectors, 'collectors.json'), JSON.stringify(list));
        const bundle = join(directory, 'recon.cjs');
        await bundleProgram(REPOSITORY, bundle);
        return buildPostArchive(bundle, { collectorsDirectory: collectors });
        // udev is not there: a BMC's device has no driver, and its program is ours
      },
      ['mknod', '/dev/ipmi0', 'c', '240', '0'],
    );
    const { units, heard } = room;
    await heard(/"record":/);
    const own = `/proc/${await units.pidOf('recon-peer')}/status`;
    assert.match(await units.ask(['cat', own]), /^Uid:\s64076\s(?:.*\n)*CapBnd:\s0+1000\n/m, 'who talks to the master');
    const warden = await units.pidOf('recon');
    assert.doesNotMatch(await units.ask(['cat', `/proc/${warden}/net/dev`]), /eth0/, 'who is root has no network');
    // whose the parts are, and that all three came
    assert.equal(
      await units.ask(['stat', '--format=%u %g %a', '/run/recon/inventory', '/run/recon/inventory/hardware/capture.json']),
      '0 64075 750\n0 64075 640',
    );
    assert.match(await heard(/"command":"lscpu"/), /"ok"/);
    assert.match(await heard(/"output":"raw\/ip-link\.out"/), /eth0/, 'links are asked where they are');
    assert.match(await heard(/"output":"raw\/custom-who\.out"/), /"0\\n.*eth0/s, "the operator's collectors are root's, with the network");
    assert.match(await heard(/"command":"efi-variables"/), /"(absent|ok)"/);
    await heard(/"stage":"power-off","detail":"ipmitool/);
    const power = await until(async () => {
      const said = await units.ask(['cat', '/run/power']);
      return /cut/.test(said) ? said : undefined;
    }, units.said);
    assert.match(power, /^asked\ncut by 0/);
    assert.equal(await units.ask(['stat', '--format=%u', '/run/recon/peer/token', '/run/recon/peer/receipt.json']), '64076\n64076');
  });

  it("runs a workload of the operator's own as root, hears it, and does the work itself when that brings no receipt", async () => {
    await using room = await peerRoom(async (directory) => {
      const post = join(directory, 'post');
      await mkdir(post);
      await script(join(post, 'run'), 'echo "workload of $(id -u), $(basename $PWD), $RECON_BOOT_MAC, $RECON_WARDEN-"; exit 3');
      const packed = await run(['tar', '-C', post, '-cz', '.'], { timeoutMs: 60_000, keepFinalNewline: true });
      return packed.stdout;
    });
    await room.heard(/"record":"\/nodes\/52-54-00-aa-00-01\/record"/);
    const said = await until(async () => {
      const text = await room.units.said();
      return /stays on/.test(text.replaceAll(/\s+/g, ' ')) ? text.replaceAll(/\s+/g, ' ') : undefined;
    }, room.units.said);
    assert.match(said, /workload of 0, post, 52:54:00:aa:00:01, -/);
    assert.match(said, /ended without a receipt \(exit code 3\)/);
    assert.doesNotMatch(await room.units.ask(['ls', '/run']), /power/, 'without a BMC nothing is switched off');
  });
});

async function script(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

/** A master of the test's own, and a machine that has booted from it. */
async function peerRoom(post: (directory: string) => Promise<Buffer>, before?: Argv) {
  await using stack = new AsyncDisposableStack();
  const { path: directory } = stack.use(await temporaryDirectory('recon-peer-units-'));
  const archive = join(directory, 'post.tgz');
  const name = `recon-test-${process.pid}-${randomBytes(2).toString('hex')}`;
  const hub = stack.use(await createNetworkNamespace(`${name}-s`));
  const [master, peer]: NetworkNamespace[] = [
    stack.use(await createNetworkNamespace(`${name}-m`)),
    stack.use(await createNetworkNamespace(`${name}-p`)),
  ];
  assert.ok(master !== undefined && peer !== undefined);
  await addBridge(hub, 'br0');
  await addCable(hub, 'br0', 'port1', master);
  await addCable(hub, 'br0', 'port2', peer);
  await addNamespaceAddress(master, 'eth0', '10.77.0.1/16');
  await addNamespaceAddress(peer, 'eth0', '10.77.0.9/16');
  const lines: string[] = [];
  const server = startChild(master.inside([process.execPath, join(import.meta.dirname, 'fake-master.ts'), archive]), {
    onLine: (line) => lines.push(line),
  });
  stack.defer(async () => void (await server.stop()));
  const units = stack.use(await bootUnits(peer, PEER));
  // until its systemd runs, what is asked would meet the root and the devices of this machine
  await until(async () => (await units.pidOf('recon-peer')) ?? undefined, units.said);
  if (before !== undefined) await units.ask(before);
  // it waits for that
  await writeFile(archive, await post(directory));
  const all = stack.move();
  return {
    units,
    heard: (pattern: RegExp) =>
      until(
        async () => lines.find((line) => pattern.test(line)),
        async () => `${pattern} not heard:\n${lines.join('\n')}\n${await units.said()}`,
      ),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function until<T>(find: () => Promise<T | undefined>, said: () => Promise<string>): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > end) assert.fail(`not within ${LIMIT_MS} ms:\n${await said()}`);
    await delay(500);
  }
}
