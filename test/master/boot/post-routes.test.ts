import assert from 'node:assert/strict';
import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { it } from 'node:test';
import { appFixture } from '../app-fixture.ts';

const SIZE_BYTES = 32 * 1024 * 1024;
const PEERS = 20;

it('holds no copy of the workload for a peer that is slow', async () => {
  await using fixture = await appFixture();
  await truncate(join(fixture.root, 'post.tgz'), SIZE_BYTES);
  await fixture.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = fixture.app.server.address() as AddressInfo;
  const before = process.memoryUsage().arrayBuffers;
  const peers = Array.from({ length: PEERS }, () => connect(port, '127.0.0.1'));
  await Promise.all(
    peers.map(async (peer) => {
      peer.write('GET /post.tgz HTTP/1.1\r\nhost: bang\r\n\r\n');
      await once(peer, 'readable');
    }),
  );
  const grown = process.memoryUsage().arrayBuffers - before;
  for (const peer of peers) peer.destroy();
  assert.ok(grown < 4 * SIZE_BYTES, `${Math.round(grown / 1024 ** 2)} MiB for ${PEERS} peers`);
});
