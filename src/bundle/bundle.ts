import { join } from 'node:path';
import { poolPageParts } from './pool-page.ts';
import { reportScript } from './report-script.ts';
import { webPageParts } from './web-page.ts';

/** Bundles the program into one file for the image, or another one; it starts three times faster than sources with node_modules. */
export async function bundleProgram(repository: string, outputPath: string, entryPoint = 'src/main.ts'): Promise<void> {
  // not at the top: the program in the image is without it
  const { build } = await import('esbuild');
  const held: readonly [file: string, name: string, value: unknown][] = [
    ['web-page', 'webPageParts', await webPageParts()],
    ['pool-page', 'poolPageParts', await poolPageParts()],
    ['report-script', 'reportScript', await reportScript()],
  ];
  await build({
    entryPoints: [join(repository, entryPoint)],
    outfile: outputPath,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // what only a workstation has
    external: ['esbuild', 'playwright-core'],
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [
      {
        name: 'pages',
        setup: ({ onLoad }) => {
          for (const [file, name, value] of held)
            onLoad({ filter: new RegExp(String.raw`[/\\]src[/\\]bundle[/\\]${file}\.ts$`) }, () => ({
              contents: `export const ${name} = async () => (${JSON.stringify(value)});`,
              loader: 'js',
            }));
        },
      },
    ],
    // fastify and its parts are CommonJS and call require() at run time
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
}
