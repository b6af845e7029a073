import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type GuardOptions, startGuard } from '../../../src/master/guard/guard.ts';
import { interfaceAccess } from '../../../src/master/guard/interface-access.ts';
import { vlanLinks, vlanName } from '../../../src/master/guard/vlan-links.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { listLinks } from '../../../src/platform/network/interfaces.ts';
import { ownTime } from '../../own-time.ts';
import { replaceBuiltin } from '../../platform/files/replace-builtin.ts';
import { type FakeMachine, fakeMachine } from './fake-machine.ts';
import { until } from './until.ts';

/** A guard over a machine, and what it told: `eno1 no-link`, with the reasons' codes where it refused. */
async function guarding(t: TestContext, change: Partial<GuardOptions> = {}) {
  const told: string[] = [];
  const warnings: string[] = [];
  const guard = await startGuard({
    ownSubnets: ['10.77.0.0/16'],
    log: { ...silentLog, warn: (line) => warnings.push(line) },
    onState: ({ interface: name, state }) => {
      const more = state.state === 'refused' ? state.reasons.map(({ code }) => code).join(' ') : '';
      told.push([name, state.state, more, state.state === 'gone' ? (state.renamedTo ?? '') : ''].filter((word) => word !== '').join(' '));
    },
    ...change,
  });
  t.after(() => guard.stop());
  const reached = async (...lines: string[]): Promise<void> => {
    await until(() => told.length >= lines.length);
    assert.deepEqual(told.splice(0).sort(), lines.sort());
  };
  return { guard, told, warnings, reached };
}

test('guards the ports that have hardware behind them and belong to nothing else, and no others', async (t) => {
  await using machine = await fakeMachine(t, { defaultRoute: ['eno3'] });
  await machine.put('eno1', { index: 2 });
  await machine.put('eno2', { index: 3, master: 'bond0' });
  await machine.put('eno3', { index: 4 });
  await machine.put('bond0', { index: 5, isVirtual: true });
  await machine.put('ib0', { index: 6, type: 32 });
  const { guard, reached } = await guarding(t);
  await reached('eno1 no-link', 'eno3 refused default-route');
  assert.deepEqual([...guard.states().keys()].sort(), ['eno1', 'eno3']);
  const touched = (await machine.programs.calls()).filter(([, verb]) => verb === 'link').map(([, , , , name]) => name);
  assert.deepEqual(touched, ['eno1']);
});

test('guards what is named, by name or by the address of its hardware', async (t) => {
  await using machine = await fakeMachine(t);
  await machine.put('eno1', { index: 2 });
  await machine.put('eno2', { index: 3, mac: '52:54:00:00:00:33' });
  await machine.put('br0', { index: 4, mac: '52:54:00:00:00:33', isVirtual: true });
  await machine.put('br1', { index: 5, isVirtual: true });
  await machine.put('ib0', { index: 6, type: 32 });
  const { reached } = await guarding(t, { interfaces: ['br1', '52:54:00:00:00:33', 'ib0'] });
  await reached('eno2 no-link', 'br1 no-link');
});

test('sees interfaces come, go and change their name, and tells nothing twice', async (t) => {
  await using machine = await fakeMachine(t);
  await machine.put('eno1', { index: 2 });
  await machine.put('eno2', { index: 3 });
  const time = ownTime(t);
  const { guard, told, reached } = await guarding(t, { pollMs: 1000 });
  await reached('eno1 no-link', 'eno2 no-link');
  await time.advance(999);
  await machine.put('eno3', { index: 4 });
  await time.advance(1);
  await reached('eno3 no-link');
  await machine.rename('eno2', 'lan0');
  await time.advance(1000);
  await reached('eno2 gone lan0', 'lan0 no-link');
  await machine.pull('eno1');
  await time.advance(1000);
  await reached('eno1 gone');
  const calls = (await machine.programs.calls()).length;
  guard.probeAgain('lan0');
  guard.probeAgain('no such interface');
  await until(async () => (await machine.programs.calls()).length > calls + 3);
  await time.advance(5000);
  assert.deepEqual(told, [], 'the same state again is no news');
  assert.deepEqual([...guard.states()].map(([name, { state }]) => `${name} ${state}`).sort(), [
    'eno1 gone',
    'eno2 gone',
    'eno3 no-link',
    'lan0 no-link',
  ]);
});

test('a port that gets its cable is probed; a probe that fails is a refusal', async (t) => {
  await using machine = await fakeMachine(t);
  await machine.put('eno1', { index: 2 });
  const time = ownTime(t);
  const { told, reached } = await guarding(t);
  await reached('eno1 no-link');
  await machine.put('eno1', { index: 2, carrier: true, changes: 2 });
  await time.advance(2000);
  await reached('eno1 probing', 'eno1 refused probe-failed');
  await time.advance(59_999);
  assert.deepEqual(told, []);
  await time.advance(1);
  await reached('eno1 probing', 'eno1 refused probe-failed');
});

test('a port that a poll finds while the guard is stopped is not left under guard', async (t) => {
  await using machine = await fakeMachine(t);
  const time = ownTime(t);
  const { guard, told } = await guarding(t, { pollMs: 1000 });
  await machine.put('eno1', { index: 2 });
  const { default: promises } = await import('node:fs/promises');
  const { readdir } = promises;
  const asked = Promise.withResolvers<void>();
  const slow = Promise.withResolvers<void>();
  replaceBuiltin(t, 'readdir', async (path: string) => {
    asked.resolve();
    await slow.promise;
    return readdir(path);
  });
  await time.advance(1000);
  await asked.promise;
  let isStopped = false;
  const stopping = guard.stop().then(() => {
    isStopped = true;
  });
  await time.advance(0);
  assert.equal(isStopped, false);
  slow.resolve();
  await stopping;
  guard.probeAgain('eno1');
  await time.advance(10_000);
  assert.deepEqual(told, []);
});

test('goes on when interfaces cannot be listed, and ends its polls when it is stopped', async (t) => {
  await using machine = await fakeMachine(t);
  await machine.put('eno1', { index: 2 });
  const time = ownTime(t);
  const { guard, told, warnings, reached } = await guarding(t, { pollMs: 1000 });
  await reached('eno1 no-link');
  const { default: promises } = await import('node:fs/promises');
  const { readdir } = promises;
  let lists = 0;
  replaceBuiltin(t, 'readdir', async (path: string) => {
    lists += 1;
    if (lists === 1) throw new Error('no /sys today');
    return readdir(path);
  });
  await time.advance(1000);
  await until(() => lists === 1);
  assert.deepEqual(warnings, ['network interfaces cannot be listed: no /sys today']);
  await machine.put('eno2', { index: 3 });
  await time.advance(1000);
  await reached('eno2 no-link');
  await guard.stop();
  const before = lists;
  await machine.put('eno3', { index: 4 });
  await time.advance(10_000);
  assert.deepEqual([lists, told], [before, []]);
});

/** An `ip` that makes and removes VLANs in the machine's /sys, on eno1 only. */
const MAKES_VLANS = `case "$*" in
  'link add link eno1 name '*) mkdir -p "$NET/$6" && echo 9 > "$NET/$6/ifindex" && echo 1 > "$NET/$6/type" && echo 0 > "$NET/$6/carrier_changes" ;;
  'link add link'*) echo 'no VLANs here' >&2; exit 2 ;;
  'link del'*) echo 'it went with its port' >&2; exit 1 ;;
esac`;

async function withVlans(t: TestContext): Promise<FakeMachine> {
  const machine = await fakeMachine(t, { ip: MAKES_VLANS });
  process.env['NET'] = machine.at('/sys/class/net');
  t.after(() => delete process.env['NET']);
  return machine;
}

test('guards the VLAN of each port in its place, and takes it away at the end', async (t) => {
  await using machine = await withVlans(t);
  await machine.put('eno1', { index: 2 });
  await machine.put('eno2', { index: 3 });
  const setting = machine.at('/proc/sys/net/ipv6/conf/eno1/disable_ipv6');
  await mkdir(dirname(setting), { recursive: true });
  await writeFile(setting, '0');
  ownTime(t);
  const { guard, reached } = await guarding(t, { vlan: 30 });
  await reached('eno1.30 no-link', 'eno2 refused probe-failed');
  assert.equal(await readFile(setting, 'utf8'), '1', 'the kernel says nothing outside of the VLAN');
  const state = guard.states().get('eno2');
  assert.match(JSON.stringify(state), /VLAN 30 cannot be set up: .*no VLANs here/);
  await guard.stop();
  const lines = (await machine.programs.calls()).map((words) => words.join(' '));
  const first = lines.filter((line) => !line.includes('-j'));
  assert.deepEqual(first.slice(0, 2), ['ip link set dev eno1 up', 'ip link add link eno1 name eno1.30 type vlan id 30']);
  assert.equal(lines.at(-1), 'ip link del dev eno1.30');
});

test('makes a VLAN once, takes one that is there, and does not mind one that went with its port', async (t) => {
  await using machine = await withVlans(t);
  await machine.put('eno1', { index: 2 });
  const vlans = vlanLinks(30);
  const made = async (): Promise<string[]> =>
    (await machine.programs.calls()).map((words) => words.join(' ')).filter((line) => line.includes('link add'));
  for (let turn = 0; turn < 2; turn += 1) {
    const links = await listLinks();
    const { names, failures } = await vlans.ensure(
      links.filter(({ name }) => name === 'eno1'),
      links,
    );
    assert.deepEqual([[...names], failures.size], [['eno1.30'], 0]);
  }
  assert.equal((await made()).length, 1);
  await vlans.remove();
  await vlans.remove();
  assert.equal((await machine.programs.calls()).filter(([, , verb]) => verb === 'del').length, 1);
  const others = vlanLinks(30);
  const links = await listLinks();
  await others.ensure(links.slice(0, 1), links);
  await others.remove();
  assert.equal((await machine.programs.calls()).filter(([, , verb]) => verb === 'del').length, 1, 'it was not ours');
});

test('a VLAN is named as everybody does, or by the index where that is too long for the kernel', () => {
  assert.equal(vlanName({ name: 'eno1', index: 2 }, 30), 'eno1.30');
  assert.equal(vlanName({ name: 'enp130s0f1np1', index: 7 }, 3), 'enp130s0f1np1.3');
  assert.equal(vlanName({ name: 'enp130s0f1np1', index: 7 }, 30), 'if7.30');
});

test('what the guard does to an interface: silent first, then up; frames as they are', async (t) => {
  await using machine = await fakeMachine(t, { ip: 'case "$*" in *up) cp "$SETTING" seen ;; esac' });
  await machine.put('eno1', { index: 2, carrier: true });
  const setting = machine.at('/proc/sys/net/ipv6/conf/eno1/disable_ipv6');
  await mkdir(dirname(setting), { recursive: true });
  await writeFile(setting, '0');
  process.env['SETTING'] = setting;
  t.after(() => delete process.env['SETTING']);
  const access = interfaceAccess('eno1');
  assert.equal((await access.facts()).hasCarrier, true);
  await assert.rejects(interfaceAccess('eno7').facts(), { code: 'not-found', message: 'there is no interface eno7 any more' });
  await access.setUpSilently();
  assert.deepEqual((await machine.programs.calls()).at(-1), ['ip', 'link', 'set', 'dev', 'eno1', 'up']);
  assert.equal(await readFile(join(machine.programs.path, 'seen'), 'utf8'), '1', 'the kernel says nothing when the link comes');
  await access.send([Uint8Array.of(1, 2, 3)]);
  assert.deepEqual((await machine.programs.calls()).at(-1), ['socat', '-u', '-b', '3', '-', 'INTERFACE:eno1']);
  await assert.rejects(access.openCapture('udp'), { code: 'command-failed', message: /no capture on this machine/ });
});
