import { join } from 'node:path';
import { writeAtomic } from '../platform/files/files.ts';
import { poolPageParts } from './pool-page.ts';
import { reportScript } from './report-script.ts';
import { webPageParts } from './web-page.ts';

/**
 * Bundles the program into one file for the image, or another one; it starts three times faster than sources with node_modules. A file `*.cjs` is a script, whose
 * compiled code can be kept (overlay/usr/lib/recon/start.cjs), `*.mjs` a module.
 */
export async function bundleProgram(repository: string, outputPath: string, entryPoint = 'src/main.ts'): Promise<void> {
  // not at the top: the program in the image is without it
  const { build } = await import('esbuild');
  const isScript = outputPath.endsWith('.cjs');
  const [web, pool, report] = await Promise.all([webPageParts(), poolPageParts(), reportScript()]);
  const held: readonly [file: string, name: string, value: unknown][] = [
    ['web-page', 'webPageParts', web],
    ['pool-page', 'poolPageParts', pool],
    ['report-script', 'reportScript', report],
  ];
  const { outputFiles } = await build({
    write: false,
    // names of modules are in the text, as seen from here: the same from wherever a build is started
    absWorkingDir: repository,
    entryPoints: [join(repository, entryPoint)],
    outfile: outputPath,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: isScript ? 'cjs' : 'esm',
    // names stay: they are in what a person reads of a failure
    ...{ minifyWhitespace: true, minifySyntax: true },
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
    ...(isScript ? AS_SCRIPT : AS_MODULE),
  });
  for (const { text } of outputFiles) await writeAtomic(outputPath, asciiOnly(text), 0o644);
}

/** Text of ASCII alone takes a byte a character in V8's memory, any other two. esbuild escapes what stands in strings, but not in regular expressions. */
function asciiOnly(text: string): string {
  return text.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const AS_SCRIPT = {
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': '__moduleUrl', 'import.meta.dirname': '__dirname' },
};

/** Fastify and its parts are CommonJS and call require() at run time. */
const AS_MODULE = {
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
};
