import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { Receipt } from '../../src/domain/api.ts';
import { buildPostArchive } from '../../src/peer/post-archive.ts';
import type { Child } from '../../src/platform/process/child.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { sha256Of } from '../master/fixture-records.ts';
import { type MasterRoom, masterRoom } from './fixtures/master-room.ts';
import { type PeerMachine, peerMachine } from './fixtures/peer-process.ts';

const isRoot = process.getuid?.() === 0;
const LIMIT = { timeoutMs: 60_000 };
/** what a shaped line carries in a second; the capture of the kill test takes several */
const SLOW_LINE = 'rate 8mbit burst 32kb latency 200ms';

describe('peers and their master: real processes, a real network, no power', { skip: isRoot ? false : 'needs root' }, () => {
  let room: MasterRoom;
  let master: Child;
  let data: string;
  before(async () => {
    room = await masterRoom();
    data = join(room.root, 'data');
    await runOk(['mkdir', data], LIMIT);
    await runOk(['mount', '-t', 'tmpfs', '-o', 'size=40m', 'recon-test', data], LIMIT);
    master = await startMaster();
  });
  after(async () => {
    await master.stop();
    await run(['umount', data], LIMIT);
    await room[Symbol.asyncDispose]();
  });

  async function startMaster(): Promise<Child> {
    room.events.length = 0;
    const child = await room.start();
    await room.event(({ kind }) => kind === 'listening');
    return child;
  }

  async function killMaster(): Promise<void> {
    master.kill('SIGKILL');
    await master.exited;
  }

  /** The machine's revisions on the stick; each must be what its receipt says. */
  async function storedReceipts({ mac }: PeerMachine): Promise<Receipt[]> {
    const directory = join(data, 'records', mac.replaceAll(':', '-'));
    const receipts: Receipt[] = [];
    for (const name of (await readdir(directory)).sort()) {
      const receipt = Receipt.parse(JSON.parse(await readFile(join(directory, name, 'receipt.json'), 'utf8')));
      assert.equal(sha256Of(await readFile(join(directory, name, 'record.json'))), receipt.recordSha256);
      assert.equal(sha256Of(await readFile(join(directory, name, 'capture.jsonl.gz'))), receipt.captureSha256);
      receipts.push(receipt);
    }
    return receipts;
  }

  async function assertSafeAndOff(machine: PeerMachine): Promise<void> {
    const receipt = Receipt.parse(JSON.parse(await readFile(join(machine.runDirectory, 'receipt.json'), 'utf8')));
    assert.deepEqual(await storedReceipts(machine), [receipt]);
    const power = (await machine.powerCommands()).filter(
      (command) =>
        !/ipmitool -I open (mc info|lan print [1238]|lan6 print 1|fru print|user summary|sel info|sel elist last 200|sdr (info|elist full))$/.test(
          command,
        ),
    );
    assert.deepEqual(
      power.map((command) => command.replace(/systemd-run .*/, 'systemd-run')),
      ['safe sync ', 'safe systemd-run', 'safe systemctl poweroff'],
    );
  }

  it("runs the master's workload, which collects, uploads and switches off against the receipt", async () => {
    const bundle = join(room.root, 'recon.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'fixtures/run-peer.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    await writeFile(join(data, 'post.tgz'), await buildPostArchive(bundle));
    const machine = await peerMachine(room, '52:54:00:bb:00:01', { 'dev/ipmi0': '', 'proc/meminfo': 'MemTotal: 1024 kB\n' });
    assert.equal((await machine.start().exited).exitCode, 0, machine.lines.join('\n'));
    await rm(join(data, 'post.tgz'));
    assert.ok(
      machine.lines.some((line) => line.startsWith('{"program":"peer-work","kind":"powering-off"')),
      machine.lines.join('\n'),
    );
    assert.ok(machine.lines.some((line) => line.startsWith('{"program":"peer","kind":"powering-off"')));
    await assertSafeAndOff(machine);
    await room.event(({ kind, event }) => kind === 'ledger' && isEventOf(event, machine.mac) && event.stage === 'power-off');
    const stages = room.events.flatMap(({ kind, event }) => (kind === 'ledger' && isEventOf(event, machine.mac) ? [event.stage] : []));
    for (const stage of ['collect', 'upload', 'receipt', 'power-off']) assert.ok(stages.includes(stage), `${stage} is not in ${stages}`);
    assert.equal(stages.at(-1), 'power-off');
  });

  it('keeps a machine without a BMC on, and says why', async () => {
    const machine = await peerMachine(room, '52:54:00:bb:00:02', { 'proc/meminfo': 'MemTotal: 1024 kB\n' });
    assert.equal((await machine.start().exited).exitCode, 0, machine.lines.join('\n'));
    assert.ok(machine.lines.some((line) => /no BMC \(IPMI\) found, so this machine stays on/.test(line)));
    assert.match(
      machine.lines.join(' ').replaceAll(/\s+/g, ' '),
      /post\.tgz cannot be unpacked/,
      'the built-in workload of this master is no archive',
    );
    await assert.rejects(machine.powerCommands(), /ENOENT/, 'no power command ran');
    assert.equal((await storedReceipts(machine)).length, 1);
  });

  it('gets through when the master is killed in the middle of the upload: one record, the right receipt', async () => {
    const noise = Object.fromEntries(
      ['cpuinfo', 'meminfo', 'mdstat', 'swaps', 'partitions'].map((name) => [`proc/${name}`, randomBytes(900_000)]),
    );
    const machine = await peerMachine(room, '52:54:00:bb:00:03', { 'dev/ipmi0': '', ...noise });
    await runOk(room.peer.inside(['tc', 'qdisc', 'add', 'dev', 'eth0', 'root', 'tbf', ...SLOW_LINE.split(' ')]), LIMIT);
    const peer = machine.start();
    const incoming = join(data, 'incoming');
    const half = async (): Promise<boolean> => {
      for (const name of await readdir(incoming)) if ((await stat(join(incoming, name))).size > 300_000) return true;
      return false;
    };
    let ended = false;
    void peer.exited.then(() => {
      ended = true;
    });
    while (!(await half())) {
      assert.ok(!ended, `the upload ended before it was interrupted:\n${machine.lines.join('\n')}`);
      await delay(50);
    }
    await killMaster();
    await machine.line(/was not uploaded: the master does not/);
    await runOk(room.peer.inside(['tc', 'qdisc', 'del', 'dev', 'eth0', 'root']), LIMIT);
    master = await startMaster();
    assert.equal((await peer.exited).exitCode, 0, machine.lines.join('\n'));
    await assertSafeAndOff(machine);
  });

  it('waits for a master that is not there yet', async () => {
    const machine = await peerMachine(room, '52:54:00:bb:00:04', { 'dev/ipmi0': '' });
    await killMaster();
    const peer = machine.start();
    await machine.line(/the master has not given the workload yet/);
    await machine.line(/Next try in \d+ s\.$/);
    master = await startMaster();
    assert.equal((await peer.exited).exitCode, 0, machine.lines.join('\n'));
    await assertSafeAndOff(machine);
  });

  it('asks for a new token when the master does not know its own, and delivers with that', async () => {
    const machine = await peerMachine(room, '52:54:00:bb:00:05', { 'dev/ipmi0': '' });
    await writeFile(join(machine.runDirectory, '../token'), 'ab'.repeat(32));
    assert.equal((await machine.start().exited).exitCode, 0, machine.lines.join('\n'));
    assert.match(machine.lines.join(' ').replaceAll(/\s+/g, ' '), /the token is not the one .* The master gave a new token/);
    await assertSafeAndOff(machine);
  });

  it('waits while the stick is full, and gets through when there is room again', async () => {
    const machine = await peerMachine(room, '52:54:00:bb:00:06', { 'dev/ipmi0': '' });
    const filler = join(data, 'filler');
    const { bavail, bsize } = await statfs(data);
    await writeFile(filler, Buffer.alloc(bavail * bsize - 1_000_000));
    const peer = machine.start();
    await machine.line(/was not uploaded: the stick is full/);
    await rm(filler);
    assert.equal((await peer.exited).exitCode, 0, machine.lines.join('\n'));
    await assertSafeAndOff(machine);
  });
});

function isEventOf(event: unknown, mac: string): event is { stage: string } {
  return typeof event === 'object' && event !== null && 'mac' in event && event.mac === mac && 'stage' in event;
}
