import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';

/**
 * Bundles the script of report.html from `src/report-page`. In the image this module is replaced by one that holds the result; see
 * bundle.ts.
 * @throws ReconError `build-failed`
 */
export async function reportScript(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: [join(import.meta.dirname, '../report-page/main.ts')],
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: ['es2022', 'chrome100', 'firefox113', 'safari16.4'],
    format: 'iife',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    // the checkout's own settings are for Node
    tsconfigRaw: {},
  });
  const [script] = outputFiles;
  if (script === undefined) throw new ReconError('build-failed', 'src/report-page gave no program');
  return script.text;
}
