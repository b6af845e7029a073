import assert from 'node:assert/strict';
import { geteuid } from 'node:process';
import { test } from 'node:test';
import { findClientTrouble, findForeignCompetition } from '../../src/lab/checks/foreign-network.ts';
import { createLabNetwork, FOREIGN_SERVER_ADDRESS } from '../../src/lab/network/lab-network.ts';
import { readOrUndefined, temporaryDirectory } from '../../src/platform/files/files.ts';
import { addNamespaceAddress } from '../../src/platform/network/network-namespace.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { run } from '../../src/platform/process/command.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';

test('the rehearsal hears the server of the foreign segment, and anybody who competes with it', async (t) => {
  if (geteuid?.() !== 0) return t.skip('network namespaces need root');
  for (const program of ['dnsmasq', 'tcpdump']) {
    if ((await run([program, '--version'], { timeoutMs: 60_000 })).status === 'absent') return t.skip(`${program} is not installed`);
  }
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(await temporaryDirectory('recon-test-'));
  const network = await createLabNetwork([], directory.path, stack);
  const capture = async (): Promise<Uint8Array> => (await readOrUndefined(network.capturePath('foreign'))) ?? Buffer.alloc(0);

  const alone = await network.askForAddress('52:54:00:77:f0:01');
  assert.deepEqual(findClientTrouble('a client', alone, FOREIGN_SERVER_ADDRESS), []);
  assert.deepEqual(findForeignCompetition(await capture(), network.foreignServerMac), []);

  await addNamespaceAddress(network.namespace, 'foreign', '198.51.100.2/24');
  const argv = [
    'dnsmasq',
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--port=0',
    '--interface=foreign',
    '--bind-interfaces',
    '--no-ping',
  ] as const;
  const files = [`--dhcp-leasefile=${directory.path}/rogue.leases`, '--pid-file=', '--user=root', '--log-facility=-'];
  const rogue = startChild(network.namespace.inside([...argv, '--dhcp-range=198.51.100.210,198.51.100.220,2m', ...files]));
  stack.defer(async () => void (await rogue.stop()));
  await waitFor(
    async () =>
      (await run(network.namespace.inside(['ss', '-Hulpn', 'sport = 67']), { timeoutMs: 60_000 })).stdout.length > 0 ? true : undefined,
    {
      timeoutMs: 60_000,
      pauseMs: 100,
    },
  );
  const together = await network.askForAddress('52:54:00:77:f0:02');
  assert.match(findClientTrouble('a client', together, FOREIGN_SERVER_ADDRESS).join('\n'), /offer from 198\.51\.100\.2/);
  assert.match(findForeignCompetition(await capture(), network.foreignServerMac).join('\n'), /DHCP answer from/);
});
