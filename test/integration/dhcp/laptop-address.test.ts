import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { planSegment } from '../../../src/domain/network.ts';
import { NetworkSettings } from '../../../src/domain/network-settings.ts';
import { guestAddress } from '../../../src/domain/segment-range.ts';
import {
  addBridge,
  addCable,
  addNamespaceAddress,
  createNetworkNamespace,
  type NetworkNamespace,
} from '../../../src/platform/network/network-namespace.ts';
import { run } from '../../../src/platform/process/command.ts';

const isRoot = process.getuid?.() === 0;
const SUBNETS = ['10.77.0.0/16', '192.168.0.0/24', '172.16.0.0/20', '192.168.40.0/26', '10.0.0.0/8', '192.168.9.8/29', '172.20.4.0/23'];

describe('the address that a laptop is told to take', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let master: NetworkNamespace;
  let laptop: NetworkNamespace;
  before(async () => {
    const name = `recon-test-${process.pid}`;
    const hub = stack.use(await createNetworkNamespace(`${name}-h`));
    master = stack.use(await createNetworkNamespace(`${name}-m`));
    laptop = stack.use(await createNetworkNamespace(`${name}-l`));
    await addBridge(hub, 'br0');
    await addCable(hub, 'br0', 'port1', master);
    await addCable(hub, 'br0', 'port2', laptop);
  });
  after(() => stack.disposeAsync());

  for (const subnet of SUBNETS) {
    test(`reaches the master in ${subnet}`, async () => {
      const segment = planSegment('eth0', 1, NetworkSettings.parse({ subnet: subnet === '10.0.0.0/8' ? '10.0.0.0/9' : subnet }));
      await run(master.inside(['ip', 'address', 'flush', 'dev', 'eth0']), { timeoutMs: 30_000 });
      await run(laptop.inside(['ip', 'address', 'flush', 'dev', 'eth0']), { timeoutMs: 30_000 });
      await addNamespaceAddress(master, 'eth0', `${segment.address}/${segment.prefixLength}`);
      await addNamespaceAddress(laptop, 'eth0', guestAddress(segment) ?? '');
      // nobody listens there: a host that is reached refuses, one that is not is silent or has no way to it
      const asked = await run(laptop.inside(['curl', '--max-time', '20', `http://${segment.address}:81/`]), { timeoutMs: 30_000 });
      assert.match(asked.stderr.toString(), /refused|Couldn't connect to server/);
      const heard = await run(laptop.inside(['ip', 'neighbour', 'show', segment.address]), { timeoutMs: 30_000 });
      assert.match(heard.stdout.toString(), / lladdr /);
    });
  }
});
