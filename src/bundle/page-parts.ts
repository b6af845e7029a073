import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { PageParts } from '../domain/web-page.ts';

/** Bundles one web page. `folder` below src/, with a `main.tsx`. @throws ReconError `build-failed` */
export async function pageParts(folder: string): Promise<PageParts> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: [join(import.meta.dirname, '..', folder, 'main.tsx')],
    outdir: 'page',
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: ['es2022', 'chrome100', 'firefox100', 'safari15.4'],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    // the checkout's own settings are for Node
    tsconfigRaw: {},
  });
  const [script, style] = ['.js', '.css'].map((ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text);
  if (script === undefined || style === undefined) throw new ReconError('build-failed', `src/${folder} gave no program or no style`);
  return { script, style };
}
