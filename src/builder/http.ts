import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { moveFile, setMode } from '../platform/build-files.ts';
import { makeDirectory, removePath } from '../platform/directories.ts';
import { copySparse } from '../platform/disk-image-file.ts';
import { errorCode, writeAtomic } from '../platform/files.ts';
import type { Log } from '../platform/log.ts';
import { httpScript } from './http-script.ts';
import type { BuildPaths } from './paths.ts';
import { readManifest } from './up-to-date.ts';

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
 * Places ISO, kernel, initrd, root image and iPXE script in a web server's directory. Each file appears whole or not at all, and the
 * script, which names the others, comes last.
 * @throws ReconError `not-found` without a build, `not-writable`, `disk-full`
 */
export async function placeForHttp({ paths, recipeName, directory, baseUrl, log }: HttpOptions): Promise<void> {
  const manifest = await readManifest(paths.output);
  if (manifest?.files.iso === undefined) {
    throw new ReconError('not-found', `builds/${recipeName}/ holds no finished image`, {
      hint: `./make-recipe-target ${recipeName} target`,
    });
  }
  try {
    await makeDirectory(directory);
    for (const file of Object.values(manifest.files)) {
      log.info(`placing ${file.name} (${Math.round(file.sizeBytes / 1e6)} MB)`);
      await placeFile(join(paths.output, file.name), join(directory, file.name));
    }
    await writeAtomic(join(directory, 'recon.ipxe'), httpScript(manifest, baseUrl));
    log.info(`${directory} is complete; boot loaders chain ${baseUrl}/recon.ipxe`);
  } catch (cause) {
    if (cause instanceof ReconError && cause.code !== 'command-failed') throw cause;
    const full = errorCode(cause) === 'ENOSPC' || /No space left/.test(String(cause));
    throw new ReconError(
      full ? 'disk-full' : 'not-writable',
      `cannot place the image in ${directory}: ${errorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause))}`,
      {
        hint: 'name another directory: HTTP_DIR=… ./make-recipe-target <recipe> http',
        cause,
      },
    );
  }
}

async function placeFile(from: string, to: string): Promise<void> {
  const temporary = `${to}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await copySparse(from, temporary);
    await setMode(temporary, 0o644);
    await moveFile(temporary, to);
  } finally {
    await removePath(temporary);
  }
}
