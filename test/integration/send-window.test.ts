import assert from 'node:assert/strict';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../../src/platform/network/network-namespace.ts';
import { startChild } from '../../src/platform/process/child.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';

const SETTINGS = join(import.meta.dirname, '../../overlay/etc/sysctl.d/10-recon.conf');
const SERVER = join(import.meta.dirname, 'fixtures/serve-to-stalled.ts');
const FILE_BYTES = 32 * 1024 * 1024;
const MOST_BYTES = 512 * 1024;
/** The last packet that still fits may be as large as the loopback's are. */
const PACKET_BYTES = 64 * 1024;
const isRoot = process.getuid?.() === 0;

/** The largest queue of a connection in there: sent and not acknowledged, or not sent yet (ss(8), Send-Q). */
async function queuedBytes(namespace: NetworkNamespace): Promise<number> {
  const text = await runOk(namespace.inside(['ss', '--tcp', '--numeric', '--no-header']), { timeoutMs: 30_000 });
  return Math.max(0, ...text.split('\n').map((line) => Number(line.trim().split(/\s+/)[2] ?? 0)));
}

/** It is full when it is as large three times as it was before. */
async function fullQueue(namespace: NetworkNamespace): Promise<number> {
  let [last, same] = [0, 0];
  const full = async (): Promise<number | undefined> => {
    const now = await queuedBytes(namespace);
    same = now === last && now > MOST_BYTES / 2 ? same + 1 : 0;
    last = now;
    return same === 3 ? now : undefined;
  };
  return (await waitFor(full, { timeoutMs: 120_000, pauseMs: 200 })) ?? assert.fail(`the queue never was full: ${last}`);
}

describe('what is under way to one machine', { skip: isRoot ? false : 'needs root' }, () => {
  it('is 512 KiB at most in the image, whatever the reader takes', async () => {
    await using directory = await temporaryDirectory('recon-window-');
    const path = join(directory.path, 'image');
    await using file = await open(path, 'w');
    await file.truncate(FILE_BYTES);
    const network = (await readFile(SETTINGS, 'utf8')).split('\n').filter((line) => line.startsWith('net.'));
    const settings = join(directory.path, 'sysctl.conf');
    await writeFile(settings, `${network.join('\n')}\n`);
    await using namespace = await createNetworkNamespace(`recon-window-${process.pid}`);
    await runOk(namespace.inside(['sysctl', '--quiet', '--load', settings]), { timeoutMs: 30_000 });
    const child = startChild(namespace.inside([process.execPath, SERVER, path]));
    try {
      const bytes = await fullQueue(namespace);
      assert.ok(bytes <= MOST_BYTES + PACKET_BYTES, `${bytes}`);
    } finally {
      await child.stop();
    }
  });
});
