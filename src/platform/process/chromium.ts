import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ReconError } from '../../domain/errors.ts';
import { exists, writeAtomic } from '../files/files.ts';
import type { Argv } from './command.ts';

export interface ChromiumPlace {
  /** puts a command line elsewhere, as into a network namespace */
  inside: (argv: Argv) => Argv;
  /** where a small script may lie while it runs */
  directory: string;
}

/** A real Chromium without a window. Its own services stay quiet: there is no internet in a data center. @throws ReconError `host-unfit` without one */
export async function startChromium(place?: ChromiumPlace): Promise<Browser> {
  // what installed servers have of the program is without it
  const { chromium } = await import('playwright-core');
  const program = await findChromium();
  return await chromium.launch({
    executablePath: place === undefined ? program : await scriptFor(program, place),
    // the driver itself says no sandbox, no first run, no background networking, no updates and no sync
    args: ['--disable-gpu', '--disable-quic'],
  });
}

/** RECON_CHROMIUM, or the first one on the PATH. @throws ReconError `host-unfit` */
export async function findChromium(): Promise<string> {
  const named = process.env['RECON_CHROMIUM'];
  if (named !== undefined) return named;
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const path = join(directory, name);
      if (directory !== '' && (await exists(path))) return path;
    }
  }
  throw new ReconError('host-unfit', 'there is no Chromium here', { hint: 'on Debian: apt-get install chromium; or set RECON_CHROMIUM' });
}

/** The driver starts one program with its own arguments. */
async function scriptFor(program: string, { inside, directory }: ChromiumPlace): Promise<string> {
  const path = join(directory, 'chromium');
  const words = inside([program]).map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  await writeAtomic(path, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, 0o755);
  return path;
}
