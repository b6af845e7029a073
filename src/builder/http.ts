import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { setMode } from '../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { errorCode, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import type { Log } from '../platform/log.ts';
import { copySparse } from '../platform/machine/disk-image-file.ts';
import { finishedBuild } from './finished-build.ts';
import { httpScript } from './http-script.ts';
import type { BuildPaths } from './image/paths.ts';
import { refuseStandIn } from './image/stand-in.ts';

export interface HttpOptions {
  paths: BuildPaths;
  recipeName: string;
  /** where the web server looks */
  directory: string;
  /** URL of that directory for Linux */
  baseUrl: string;
  log: Log;
}

/**
 * Places ISO, kernel, initrd, root image and iPXE script in a web server's directory. All are copied before the first takes its place, so
 * that a full disk leaves what was there; the script, which names the others, comes last.
 * @throws ReconError `not-found` without a build, `not-writable`, `disk-full`
 */
export async function placeForHttp({ paths, recipeName, directory, baseUrl, log }: HttpOptions): Promise<void> {
  const { manifest } = await finishedBuild(paths, recipeName);
  refuseStandIn(manifest, recipeName);
  try {
    await makeDirectory(directory);
    const script = Buffer.from(httpScript(manifest, baseUrl));
    await placeAll(paths.output, directory, Object.values(manifest.files), script, log);
    log.info(`${directory} is complete; boot loaders chain ${baseUrl}/recon.ipxe`);
  } catch (cause) {
    if (cause instanceof ReconError && cause.code !== 'command-failed') throw cause;
    const full = errorCode(cause) === 'ENOSPC' || /No space left/.test(String(cause));
    const said = cause instanceof ReconError ? cause.message : (errorCode(cause) ?? String(cause));
    const why = full ? 'there is no space left; what was there before is unchanged' : said;
    throw new ReconError(full ? 'disk-full' : 'not-writable', `cannot place the image in ${directory}: ${why}`, {
      hint: 'name another directory: HTTP_DIR=… ./make-recipe-target <recipe> http',
      cause,
    });
  }
}

async function placeAll(
  output: string,
  directory: string,
  files: readonly { name: string; sizeBytes: number }[],
  script: Uint8Array,
  log: Log,
): Promise<void> {
  const mark = `.${randomBytes(4).toString('hex')}.partial`;
  const names = [...files.map(({ name }) => name), 'recon.ipxe'];
  try {
    for (const { name, sizeBytes } of files) {
      log.info(`placing ${name} (${Math.round(sizeBytes / 1e6)} MB)`);
      await copySparse(join(output, name), join(directory, `${name}${mark}`));
      await setMode(join(directory, `${name}${mark}`), 0o644);
    }
    await writeAtomic(join(directory, `recon.ipxe${mark}`), script);
    for (const name of names) await movePath(join(directory, `${name}${mark}`), join(directory, name));
  } finally {
    for (const name of names) await removePath(join(directory, `${name}${mark}`));
  }
}
