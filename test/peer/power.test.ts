import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { ReconError } from '../../src/domain/errors.ts';
import { STAYS_ON } from '../../src/lab/checks/power-order.ts';
import { cutPower, powerOffOrStayOn } from '../../src/peer/power.ts';
import { keepReceipt, readPower } from '../../src/peer/run-files.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type FakePeer, fakePeer, RECEIPT } from './fake-peer.ts';

const quiet = () => new Response(undefined, { status: 204 });
const isRefusal = (error: unknown): boolean => error instanceof ReconError && error.code === 'power-off-refused';
const CUT = 'ipmitool -I open chassis power off';

test('with a BMC and a receipt: the master is told, sync, the second rung is scheduled, then the first one', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, quiet);
  assert.equal(await powerOffOrStayOn({ hasBmc: true, receipt: RECEIPT }, peer), 'powering-off');
  const [sync, schedule = '', powerOffCommand] = peer.commands;
  assert.deepEqual([sync, powerOffCommand, peer.commands.length], ['sync', 'systemctl poweroff', 3]);
  assert.equal(
    schedule.replaceAll(/ --setenv=RECON_[A-Z_]+=\S+/g, ''),
    'systemd-run --collect --unit=recon-cut-power --property=DefaultDependencies=no --property=IgnoreOnIsolate=yes ' +
      '--property=SurviveFinalKillSignal=yes --property=StandardOutput=file:/dev/kmsg --property=StandardError=file:/dev/kmsg ' +
      '--property=CapabilityBoundingSet=CAP_DAC_OVERRIDE --property=NoNewPrivileges=yes --property=RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 ' +
      '--property=RestrictNamespaces=yes --property=RestrictRealtime=yes --property=RestrictSUIDSGID=yes --property=LockPersonality=yes ' +
      '--property=SystemCallArchitectures=native --property=SystemCallFilter=@system-service @pkey ' +
      '--property=SystemCallFilter=~@privileged @resources --property=SystemCallErrorNumber=EPERM --property=DevicePolicy=closed ' +
      '--property=ProtectClock=yes --property=ProtectHostname=yes --property=DeviceAllow=char-ipmidev rw ' +
      '--property=DeviceAllow=/dev/kmsg rw --property=UMask=0077 ' +
      '/usr/bin/recon power cut --after 20',
  );
  assert.match(schedule, / --setenv=RECON_MASTER_URL=http:\/\/10\.77\.0\.1 --setenv=RECON_BOOT_MAC=52:54:00:aa:00:01 /);
  assert.match(peer.requests[0]?.path ?? '', /progress$/);
  assert.match(peer.requests[0]?.body.toString('utf8') ?? '', /"stage":"power-off".*systemctl poweroff/);
  assert.equal(await readPower(peer.runDirectory), 'powering-off');
});

test('a master that is slow to hear of it is waited for', async () => {
  for (const [first, end] of [
    ['sync', async (peer: FakePeer) => powerOffOrStayOn({ hasBmc: true, receipt: RECEIPT }, peer)],
    [CUT, async (peer: FakePeer) => cutPower(0, peer)],
  ] as const) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer: FakePeer = await fakePeer(directory.path, async () => {
      for (let turns = 0; turns < 100; turns += 1) await setImmediate();
      peer.commands.push('the master has heard');
      return quiet();
    });
    await keepReceipt(peer.runDirectory, RECEIPT);
    await end(peer).catch(() => {});
    assert.deepEqual(peer.commands.slice(0, 2), ['the master has heard', first]);
  }
});

test('without a receipt nothing is switched off, whatever else is true', async () => {
  for (const hasBmc of [true, false]) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(directory.path, quiet);
    await assert.rejects(powerOffOrStayOn({ hasBmc, receipt: undefined }, peer), isRefusal);
    await assert.rejects(cutPower(0, peer), isRefusal);
    assert.deepEqual(peer.commands, []);
  }
});

test('without a BMC the machine stays on and says why, in words that the lab looks for', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, quiet);
  assert.equal(await powerOffOrStayOn({ hasBmc: false, receipt: RECEIPT }, peer), 'stays-on');
  assert.deepEqual(peer.commands, []);
  assert.ok(peer.lines.some((line) => STAYS_ON.test(line)));
  assert.match(peer.lines.join(' '), /receipt 0123456789ab\b/);
  assert.equal(await readPower(peer.runDirectory), 'stays-on');
});

test('when the second rung cannot be scheduled, this process is the second rung', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, quiet, ([file]) => (file === 'systemd-run' ? { status: 'failed', exitCode: 1 } : {}));
  await keepReceipt(peer.runDirectory, RECEIPT);
  await assert.rejects(powerOffOrStayOn({ hasBmc: true, receipt: RECEIPT }, peer), { code: 'command-failed' });
  assert.deepEqual(peer.commands.slice(-6, -4), ['systemctl poweroff', CUT]);
  assert.equal(peer.waits[0], 20_000);
});

test('the cut waits, needs no master, and is tried again when the BMC is busy', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  let busy = 2;
  const peer = await fakePeer(
    directory.path,
    () => {
      throw new TypeError('fetch failed');
    },
    () => {
      busy -= 1;
      return busy >= 0 ? { status: 'failed', exitCode: 1 } : {};
    },
  );
  await keepReceipt(peer.runDirectory, RECEIPT);
  await assert.rejects(cutPower(20, peer), { code: 'command-failed' });
  assert.deepEqual(peer.waits.slice(0, 4), [20_000, 5000, 5000, 15_000]);
  assert.deepEqual(peer.commands.slice(0, 3), [CUT, CUT, CUT]);
});

test('a BMC that says yes and does nothing is asked again, and then it is said on the screen and to the master', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, quiet);
  await keepReceipt(peer.runDirectory, RECEIPT);
  await assert.rejects(cutPower(0, peer), /neither systemctl poweroff nor the BMC/);
  assert.deepEqual(
    peer.commands,
    Array.from({ length: 5 }, () => CUT),
  );
  assert.match(peer.lines.join(' '), /still on, although the BMC said 5 times that it cuts the power/);
  assert.match(peer.requests.at(-1)?.body.toString('utf8') ?? '', /"stage":"power-off","detail":"still on: its BMC said 5 times of 5/);
});

test('a BMC that never does it has a name', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, quiet, () => ({ status: 'timeout' }));
  await keepReceipt(peer.runDirectory, RECEIPT);
  await assert.rejects(cutPower(0, peer), /neither systemctl poweroff nor the BMC/);
  assert.deepEqual(
    peer.commands,
    Array.from({ length: 5 }, () => CUT),
  );
});
