import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { appendPieces } from '../../../src/platform/files/export-files.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { type CommandResult, run } from '../../../src/platform/process/command.ts';
import { type Reservation, reservationsOf } from '../../../src/report/export/reservations.ts';
import { machinesOf, ODD_NODES, ODD_VISIT, textFormat } from '../../report/export/odd-visit.ts';
import { unconfinedProgram } from '../fixtures/unconfined-program.ts';

const isRoot = process.getuid?.() === 0;
const FIRST = '10.20.0.10';

test('dnsmasq takes its lines, and refuses damaged ones', async (context) => {
  for (const firstAddress of [undefined, FIRST]) {
    await using directory = await exportedTo('dnsmasq', firstAddress);
    const file = join(directory.path, 'dnsmasq-hosts.conf');
    const checked = await run(['dnsmasq', '--test', `--conf-file=${file}`], { timeoutMs: 60_000 });
    if (checked.status === 'absent') return context.skip('dnsmasq is not installed');
    assert.equal(checked.exitCode, 0, checked.stderr.toString());
    await writeFile(file, 'dhcp-host=52:54:00:00:00:01,two words here,10.0.0.1,10.0.0.2.3\n');
    assert.notEqual((await run(['dnsmasq', '--test', `--conf-file=${file}`], { timeoutMs: 60_000 })).exitCode, 0);
  }
});

test('dhcpd takes each host once, and would find a name that stands twice', async (context) => {
  for (const firstAddress of [undefined, FIRST]) {
    await using directory = await exportedTo('isc-dhcpd', firstAddress);
    const program = await unconfinedProgram('dhcpd', directory.path);
    if (program === undefined) return context.skip('isc-dhcp-server is not installed');
    const check = async (lines: string): Promise<CommandResult> => {
      const file = join(directory.path, 'dhcpd.conf');
      await writeFile(file, `subnet 10.20.0.0 netmask 255.255.0.0 { }\n${lines}\n`);
      return run([program, '-t', '-cf', file], { timeoutMs: 60_000 });
    };
    const include = `include "${join(directory.path, 'dhcpd-hosts.conf')}";`;
    const checked = await check(include);
    assert.equal(checked.exitCode, 0, checked.stderr.toString());
    const twice = await check(`${include}\n${include}`);
    assert.equal(twice.exitCode, 1);
    assert.match(twice.stderr.toString(), /host sn-abc123: already exists/);
  }
});

test('kea-dhcp4 checks the file as docs/export.md includes it', async (context) => {
  await using directory = await exportedTo('kea', FIRST);
  const program = await unconfinedProgram('kea-dhcp4', directory.path);
  if (program === undefined) return context.skip('kea-dhcp4-server is not installed');
  const environment = keaEnvironment(directory.path);
  const checked = await run([program, '-t', await keaConfiguration(directory.path)], { timeoutMs: 60_000, environment });
  assert.equal(checked.exitCode, 0, `${checked.stdout}${checked.stderr}`);
});

test('kea-dhcp4 gives back each reservation as it was exported', {
  skip: !isRoot && 'needs root, for a network of its own',
}, async (context) => {
  for (const firstAddress of [undefined, FIRST]) {
    await using directory = await exportedTo('kea', firstAddress);
    const configuration = await keaConfiguration(directory.path);
    const program = await unconfinedProgram('kea-dhcp4', directory.path);
    if (program === undefined) return context.skip('kea-dhcp4-server is not installed');
    // it serves no interface at all, and there is none in its network namespace
    const child = startChild(['unshare', '--net', program, '-c', configuration], { environment: keaEnvironment(directory.path) });
    try {
      const answer = await ask(join(directory.path, 'kea.sock'), { command: 'config-get' });
      const understood = (answer as { arguments: { Dhcp4: { reservations: Record<string, string>[] } } }).arguments.Dhcp4.reservations;
      assert.deepEqual(
        understood.map((one) => [one['hw-address'], one['hostname'], one['ip-address']].join(' ')).sort(),
        (await reservations(firstAddress)).map(({ mac, name, address }) => [mac, name, address].join(' ')).sort(),
      );
    } finally {
      await child.stop();
    }
  }
});

async function exportedTo(format: string, firstAddress: string | undefined) {
  const directory = await temporaryDirectory('recon-dhcp-');
  await appendPieces(
    directory.path,
    textFormat(format).write(machinesOf(ODD_NODES, firstAddress), ODD_VISIT, assert.fail, { settings: {} }),
  );
  return directory;
}

async function reservations(firstAddress: string | undefined): Promise<Reservation[]> {
  const all: Reservation[] = [];
  for await (const machine of machinesOf(ODD_NODES, firstAddress)) all.push(...reservationsOf(machine));
  return all;
}

function keaEnvironment(directory: string): Record<string, string> {
  return { KEA_PIDFILE_DIR: directory, KEA_LOCKFILE_DIR: 'none', KEA_CONTROL_SOCKET_DIR: directory };
}

async function keaConfiguration(directory: string): Promise<string> {
  const file = join(directory, 'kea-dhcp4.conf');
  const own = {
    'interfaces-config': { interfaces: [] },
    'lease-database': { type: 'memfile', persist: false },
    'control-socket': { 'socket-type': 'unix', 'socket-name': join(directory, 'kea.sock') },
  };
  const included = `"reservations-global": true, "reservations": <?include "${join(directory, 'kea-reservations.json')}"?>`;
  await writeFile(file, `{ "Dhcp4": { ${JSON.stringify(own).slice(1, -1)}, ${included} } }\n`);
  return file;
}

/** Kea's answer to a command on its control socket. */
async function ask(path: string, command: object): Promise<unknown> {
  for (let tries = 0; tries < 100 && !(await exists(path)); tries += 1) await delay(100);
  const socket = connect(path);
  socket.write(JSON.stringify(command));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}
