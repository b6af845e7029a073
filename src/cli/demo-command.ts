import { type Command, InvalidArgumentError } from 'commander';

export interface DemoCommandDeps {
  version: string;
  print: (text: string) => void;
  /** of the terminal that shows what is printed; undefined where a file or a program takes it */
  widthColumns: number | undefined;
  takeSignal: () => AbortSignal;
}

/** A first look, without a stick and without machines. */
export function addDemoCommand(program: Command, { version, print, widthColumns, takeSignal }: DemoCommandDeps): void {
  program
    .command('demo')
    .description('a visit of 40 made-up machines on this host, in a minute: page, console, tarball and report')
    .option('-o, --output <directory>', 'an empty directory for tarball and report.html (default: a new one, recon-demo)')
    .option('--port <number>', 'TCP port of the page, on 127.0.0.1 (default: a free one)', portNumber)
    .option('--fast', 'all machines at once', false)
    .addHelpText('after', '\nExample:\n  recon demo -o /tmp/demo\n')
    .action(async ({ fast, ...options }: { output?: string; port?: number; fast: boolean }) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo({ ...options, isFast: fast, version, print, isTerminal: widthColumns !== undefined, signal: takeSignal() });
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) throw new InvalidArgumentError('a port is a number from 1 to 65535.');
  return port;
}
