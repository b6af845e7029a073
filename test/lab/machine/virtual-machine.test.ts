import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startVirtualMachine, type VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const LONG_MS = 60_000;

test('its console, without what only terminals understand, for whoever listens and whoever waits', async (t) => {
  const heard: string[] = [];
  const vm = await startFake(t, (text) => void heard.push(text));
  const line = vm.waitForLine(/ready/, LONG_MS);
  await vm.qmp.execute('say', { text: 'starting' });
  await vm.qmp.execute('say', { text: '\u001b[1mready\u001b[0m 1' });
  assert.equal((await line).text, 'ready 1');
  assert.deepEqual(
    vm.console.map(({ text }) => text),
    ['starting', 'ready 1'],
  );
  assert.deepEqual(heard, ['starting', 'ready 1']);
  await vm.qmp.execute('say', { text: 'ready 2' });
  assert.equal((await vm.waitForLine(/ready/, LONG_MS, 2)).text, 'ready 2', 'lines before `from` do not count');
});

test('power off, by whoever did it, and when', async (t) => {
  const vm = await startFake(t);
  assert.equal(vm.offAtMs(), undefined);
  await vm.qmp.execute('event', { name: 'SHUTDOWN' });
  assert.equal(await vm.waitForOff(LONG_MS), 1500);
  await vm.qmp.execute('event', { name: 'STOP' });
  vm.assertAlive();
});

test('a machine that does not say it, goes off before, or stays on: the end of its console', async (t) => {
  const vm = await startFake(t);
  await vm.qmp.execute('say', { text: 'stuck here' });
  await vm.waitForLine(/stuck/, LONG_MS);
  const failed = (message: RegExp) => ({ code: 'lab-failed', message });
  await assert.rejects(vm.waitForLine(/ready/, 0), failed(/^fake should have said \/ready\/ and did not do so in .*\n +stuck here$/));
  await assert.rejects(vm.waitForOff(0), failed(/^fake is still on after 0 s; its console ends with:\n +stuck here$/));
  await vm.qmp.execute('event', { name: 'SHUTDOWN' });
  await assert.rejects(vm.waitForLine(/ready/, LONG_MS), failed(/^fake should have said \/ready\/ and went off/));
});

test('a QEMU that ends is no power off', async (t) => {
  const vm = await startFake(t);
  await assert.rejects(vm.qmp.execute('quit'), { code: 'infrastructure' });
  const infrastructure = { code: 'infrastructure', message: /^QEMU of fake ended by itself \(exit code 3\)/ };
  await assert.rejects(vm.waitForLine(/ready/, LONG_MS), infrastructure);
  await assert.rejects(vm.waitForOff(LONG_MS), infrastructure);
});

test('a machine that stops without a power off: its accelerator gave up', async (t) => {
  const vm = await startFake(t);
  await vm.qmp.execute('event', { name: 'STOP' });
  assert.throws(() => vm.assertAlive(), { code: 'infrastructure', message: /its accelerator gave up/ });
});

test('a QEMU that does not even start', async () => {
  await using directory = await temporaryDirectory('recon-vm-');
  const argv = [process.execPath, '--eval', 'console.log("no such accelerator"); process.exit(1)'] as const;
  await assert.rejects(startVirtualMachine('fake', argv, join(directory.path, 'qmp')), {
    code: 'infrastructure',
    message: /^QEMU of fake ended by itself \(exit code 1\); it last said:\n +no such accelerator$/,
  });
});

async function startFake(t: TestContext, onLine?: (text: string) => void): Promise<VirtualMachine> {
  const directory = await temporaryDirectory('recon-vm-');
  const path = join(directory.path, 'qmp');
  const vm = await startVirtualMachine('fake', [process.execPath, join(import.meta.dirname, 'fake-qemu.ts'), path], path, onLine);
  t.after(async () => {
    await vm[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });
  return vm;
}
