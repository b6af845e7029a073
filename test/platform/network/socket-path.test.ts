import assert from 'node:assert/strict';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { closeToOthers, freeSocketPath, isListening } from '../../../src/platform/network/socket-path.ts';

async function listening(t: TestContext, path: string): Promise<{ connections: () => Promise<number> }> {
  const server = createServer().listen(path);
  t.after(() => server.close());
  await once(server, 'listening');
  return {
    connections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))),
  };
}

it('makes a path free whose listener is gone, and the directory around it', async (t) => {
  await using directory = await temporaryDirectory('recon-socket-');
  const path = join(directory.path, 'run', 'api.sock');
  await freeSocketPath(path);
  await writeFile(path, 'left by an earlier run');
  assert.equal(await isListening(path), false);
  await freeSocketPath(path);
  assert.equal(await exists(path), false);
  await listening(t, path);
  assert.equal(await isListening(path), true);
});

it('takes a path from nobody who listens there, and holds no connection to who does', async (t) => {
  await using directory = await temporaryDirectory('recon-socket-');
  const path = join(directory.path, 'api.sock');
  const { connections } = await listening(t, path);
  await assert.rejects(freeSocketPath(path), { code: 'busy' });
  assert.equal(await isListening(path), true);
  while ((await connections()) > 0) await new Promise(setImmediate);
});

it('closes a socket to everybody else', async (t) => {
  await using directory = await temporaryDirectory('recon-socket-');
  const path = join(directory.path, 'api.sock');
  await listening(t, path);
  await closeToOthers(path);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});
