import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { DNSMASQ_UNIT, heardUnit } from '../../../src/service/warden/heard-unit.ts';
import { fakePrograms } from '../../fake-programs.ts';

const isRoot = process.getuid?.() === 0;

/** systemd, whose unit says a line to the socket and then ends, or runs until it is stopped. */
function systemctl(socket: string, { ends, show }: { ends: boolean; show: string }): string {
  const say = `printf 'dnsmasq: started\\n' | socat -u - UNIX-CONNECT:${socket}`;
  const wait = ends ? 'exit 1' : 'while [ ! -e stopped ]; do sleep 0.05; done';
  return `case "$1" in start) rm -f stopped; ${say}; ${wait} ;; stop) : > stopped ;; show) printf '${show}\\n' ;; esac`;
}

test('dnsmasq is a unit: what it says comes over the socket, and how it ended from systemd', {
  skip: isRoot ? false : 'needs root',
}, async () => {
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const socket = join(directory.path, 'socket');
  await using programs = await fakePrograms({ systemctl: systemctl(socket, { ends: true, show: 'ExecMainCode=1\\nExecMainStatus=2' }) });
  const lines: string[] = [];
  {
    await using unit = await heardUnit(DNSMASQ_UNIT, socket);
    const running = unit.start((line) => lines.push(line));
    assert.deepEqual(await running.exited, { exitCode: 2, signal: undefined });
  }
  assert.deepEqual(lines, ['dnsmasq: started']);
  assert.deepEqual(
    (await programs.calls()).map((words) => words.join(' ')),
    [
      // one that an earlier warden left
      'systemctl stop recon-dnsmasq.service',
      'systemctl start --wait recon-dnsmasq.service',
      'systemctl show --property=ExecMainCode,ExecMainStatus recon-dnsmasq.service',
      'systemctl stop recon-dnsmasq.service',
    ],
  );
});

test('it has ended when stop returns, and a signal is said as one', { skip: isRoot ? false : 'needs root' }, async () => {
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  const socket = join(directory.path, 'socket');
  await using _programs = await fakePrograms({ systemctl: systemctl(socket, { ends: false, show: 'ExecMainCode=2\\nExecMainStatus=9' }) });
  await using unit = await heardUnit(DNSMASQ_UNIT, socket);
  const said = Promise.withResolvers<string>();
  const running = unit.start(said.resolve);
  assert.equal(await said.promise, 'dnsmasq: started');
  assert.deepEqual(await running.stop(), { exitCode: undefined, signal: 'signal 9' });
});

test('a systemd that does not stop what is left is told, and nothing listens', async () => {
  await using directory = await temporaryDirectory('recon-dnsmasq-');
  await using _programs = await fakePrograms({ systemctl: 'echo no >&2; exit 1' });
  await assert.rejects(heardUnit(DNSMASQ_UNIT, join(directory.path, 'socket')), { code: 'command-failed' });
});
