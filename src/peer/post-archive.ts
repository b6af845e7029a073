import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { commandError, run } from '../platform/command.ts';
import { temporaryDirectory, writeAtomic } from '../platform/files.ts';

/** The workload's entry: any program may take its place. Its environment is in peer-environment.ts. */
const RUN = '#!/bin/sh\nexec "$RECON_NODE" "$(dirname "$0")/recon.mjs" peer-work\n';

/**
 * The default post.tgz: our own bundle and a `run` that starts it. The same bundle gives the same bytes.
 * @throws ReconError `command-failed` when tar fails; the system's error when the bundle cannot be read
 */
export async function buildPostArchive(bundlePath: string): Promise<Buffer> {
  await using directory = await temporaryDirectory('recon-post-');
  await writeAtomic(join(directory.path, 'recon.mjs'), await readFile(bundlePath));
  await writeAtomic(join(directory.path, 'run'), RUN);
  const order = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=0755', '--format=ustar'];
  const tar = await run(['tar', '--create', ...order, `--directory=${directory.path}`, 'recon.mjs', 'run'], {
    timeoutMs: 30_000,
    keepFinalNewline: true,
  });
  if (tar.status !== 'ok') throw commandError(tar);
  // zlib's header has no time in it, gzip(1)'s would
  return promisify(gzip)(tar.stdout, { level: 9 });
}
