import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { appendPieces } from '../../../src/platform/files/export-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type Argv, type CommandResult, run } from '../../../src/platform/process/command.ts';
import { machinesOf, ODD_NODES, ODD_VISIT, textFormat } from '../../report/export/odd-visit.ts';

// the programs would call the BMCs: a network of its own keeps that at home, and what they started ends with them
const ALONE = ['unshare', '--net', '--pid', '--fork', '--kill-child', 'sh', '-c'] as const;
const notRoot = process.getuid?.() !== 0 && 'needs root, for a network of its own';
const PORT = '17890';

test('powermand reads every node and its BMC, and refuses a damaged file', { skip: notRoot }, async (context) => {
  await using directory = await exportedTo('powerman');
  const file = join(directory.path, 'powerman.conf');
  const script = [
    'command -v powermand > /dev/null || exit 99',
    // what ipmipower sends ends here; without any route it would end, too
    'ip link set lo up; ip route add default dev lo',
    '{ sleep 3; printf "device\\r\\n"; sleep 1; printf "quit\\r\\n"; } | powermand --foreground --stdio -c "$1"',
  ].join('\n');
  const result = await alone(script, file);
  if (result.exitCode === 99) return context.skip('powerman is not installed');
  assert.equal(result.exitCode, 0, result.stderr.toString());
  const devices = [...result.stdout.toString().matchAll(/^(?:powerman> )?304 (\S+): state=(\S+) .*type=ipmipower hosts=(\S+)/gm)];
  assert.deepEqual(
    devices.map(([, device, state, hosts]) => `${device} ${state} ${hosts}`).sort(),
    (await bmcs()).map(([name]) => `${name} connected ${name}`),
    'each machine by its own ipmipower, which waits for commands',
  );
  await appendFile(file, 'node "another" "no-such-device" "1"\n');
  assert.notEqual((await alone(script, file)).exitCode, 0);
});

test('conmand reads every console and where it goes', { skip: notRoot }, async (context) => {
  await using directory = await exportedTo('conman');
  const file = join(directory.path, 'conman.conf');
  const own = [`port=${PORT}`, 'loopback=on', `pidfile="${directory.path}/pid"`, `logdir="${directory.path}"`];
  await appendFile(file, own.map((line) => `server ${line}\n`).join(''));
  const script = [
    'command -v conmand > /dev/null || exit 99; ip link set lo up; conmand -F -c "$1" & daemon=$!; trap "kill $daemon; wait $daemon" EXIT',
    `for try in $(seq 40); do conman -q -d 127.0.0.1:${PORT} 2> /dev/null && { sleep 1; exit 0; }; sleep 0.5; done; exit 1`,
  ].join('\n');
  const result = await alone(script, file);
  if (result.exitCode === 99) return context.skip('conman is not installed');
  assert.equal(result.exitCode, 0, result.stderr.toString());
  const consoles = result.stdout
    .toString()
    .split('\n')
    .filter((line) => /^(sn|mac)-/.test(line));
  assert.deepEqual(
    consoles.sort(),
    (await bmcs()).map(([name]) => name),
  );
  for (const [name, address] of await bmcs())
    assert.match(`${result.stdout}${result.stderr}`, new RegExp(`<${address.replaceAll('.', '\\.')}> via IPMI for \\[${name}\\]`));
});

test('the loop of docs/export.md meets every BMC once, whatever its machine is called', async () => {
  await using directory = await exportedTo('ipmitool');
  const loop = 'while read -r name address; do echo "$name=$address"; done < "$1"';
  const result = await run(['sh', '-c', loop, 'sh', join(directory.path, 'bmc.txt')], { timeoutMs: 60_000 });
  assert.deepEqual(
    result.stdout.toString().split('\n').sort(),
    (await bmcs()).map(([name, address]) => `${name}=${address}`),
  );
});

test('getent reads the hosts file', { skip: notRoot }, async () => {
  for (const firstAddress of [undefined, '10.20.0.10']) {
    await using directory = await exportedTo('hosts', firstAddress);
    const script = 'mount --bind "$1" /etc/hosts; getent -s files hosts';
    const argv = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', join(directory.path, 'hosts')] as const;
    const result = await run(argv, { timeoutMs: 60_000 });
    const expected = (await bmcs()).map(([name, address]) => `${address} ${name}-bmc`);
    if (firstAddress !== undefined)
      for await (const { name, address } of machinesOf(ODD_NODES, firstAddress)) expected.push(`${address} ${name}`);
    const read = result.stdout
      .toString()
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ' '));
    assert.deepEqual(read.sort(), expected.sort());
  }
});

async function exportedTo(format: string, firstAddress?: string) {
  const directory = await temporaryDirectory('recon-bmc-');
  await appendPieces(
    directory.path,
    textFormat(format).write(machinesOf(ODD_NODES, firstAddress), ODD_VISIT, () => {}, { settings: {} }),
  );
  return directory;
}

/** Name and address of each BMC that has one of its own, by name. */
async function bmcs(): Promise<[name: string, address: string][]> {
  const found: [string, string][] = [];
  for await (const { name, bmc } of machinesOf())
    if (bmc?.address !== undefined && bmc.address !== '192.0.2.9') found.push([name, bmc.address]);
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

function alone(script: string, file: string): Promise<CommandResult> {
  const argv: Argv = [...ALONE, script, 'sh', file];
  return run(argv, { timeoutMs: 30_000 });
}
