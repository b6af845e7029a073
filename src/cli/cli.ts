import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { Log } from '../platform/log.ts';
import { addResults } from './results-commands.ts';

export interface CliDeps {
  log: Log;
  print: (text: string) => void;
  environment: Readonly<Record<string, string | undefined>>;
  /** the checkout; in the image, where there is none, no command that needs it is called */
  repository: string;
  /** aborted when the process is asked to end */
  signal: AbortSignal;
}

const VERSION = '0.1.0';

/** The command tree: each command parses and calls one function. Modules are loaded when their command is called. */
export function buildCli(deps: CliDeps): Command {
  const program = new Command('recon')
    .description('Inventory of a data center from one USB stick: a node becomes the master, the others boot from it.')
    .version(VERSION)
    .option('--debug', 'say more, and show where an error comes from')
    .exitOverride()
    .showHelpAfterError('(recon --help is the map)');
  addBuilding(program, deps);
  addLife(program, deps);
  addInventory(program, deps);
  addResults(program, deps);
  return program;
}

/** Exit code of a call that asked for help (0) or was wrong (2), undefined for any other failure; commander has said why. */
export function usageExitCode(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}

function addBuilding(program: Command, deps: CliDeps): void {
  program
    .command('recipe [recipe] [target]')
    .description('build an image; the same as ./make-recipe-target')
    .action(async (recipe: string | undefined, target: string | undefined) => {
      const { makeTarget } = await import('../builder/make-target.ts');
      await makeTarget({ ...deps, recipe, target });
    });
  program
    .command('lab')
    .description('rehearse a visit: master and peers as virtual machines, checked from outside')
    .option('--recipe <name>', 'whose image to use', 'debian-13')
    .option('--keep', 'keep disks, logs and captures of the run', false)
    .option('--work <directory>', 'where they go (default: builds/.lab/<time>)')
    .addOption(new Option('--accel <kind>', 'how to run the machines (default: KVM when it works)').choices(['kvm', 'tcg']))
    .action(async (options: { recipe: string; keep: boolean; work?: string; accel?: 'kvm' | 'tcg' }) => {
      const { readBuildManifest } = await import('../builder/up-to-date.ts');
      const { runLab } = await import('../lab/run-lab.ts');
      const output = join(deps.repository, 'builds', options.recipe);
      const manifest = await readBuildManifest(output);
      if (manifest?.files.iso === undefined) {
        throw new ReconError('not-found', `builds/${options.recipe}/ holds no finished image`, {
          hint: `./make-recipe-target ${options.recipe} target`,
        });
      }
      await runLab({
        isoPath: join(output, manifest.files.iso.name),
        kernelPath: join(output, manifest.files.kernel.name),
        initrdPath: join(output, manifest.files.initrd.name),
        manifestPath: join(output, 'manifest.json'),
        workDir: options.work ?? join(deps.repository, 'builds/.lab', new Date().toISOString().replaceAll(/[:.]/g, '-')),
        keep: options.keep,
        ...definedOnly({ accel: options.accel }),
        log: deps.log,
      });
    });
}

function addLife(program: Command, { log, signal, environment }: CliDeps): void {
  program
    .command('service')
    .description('what the live image runs after booting: decides whether this node is master or peer')
    .action(async () => {
      const { runService } = await import('../service/service.ts');
      await runService({ signal, log });
    });
  program
    .command('master')
    .description('be the master on this booted stick, whatever the kernel arguments say')
    .option('--site <name>', "part of the tarball's name")
    .action(async (options: { site?: string }) => {
      const { bootFacts } = await import('../service/facts.ts');
      const { runMaster } = await import('../service/run-master.ts');
      await runMaster(await bootFacts(), { signal, log, ...options });
    });
  program
    .command('peer')
    .description('be a peer of a running master: inventory this machine, upload, and power off if it has a BMC')
    .requiredOption('--master <url>', 'the master, for example http://10.77.0.1')
    .action(async (options: { master: string }) => {
      const { startPeer } = await import('../service/run-peer.ts');
      await startPeer({ role: 'peer', masterUrl: options.master.replace(/\/+$/, ''), bootMac: undefined, reason: 'recon peer' }, log);
    });
  program
    .command('seal')
    .description('on the master: make the tarball now and say what is in it')
    .action(async () => {
      const { sealNow } = await import('../service/seal-now.ts');
      log.info(await sealNow());
    });
  program
    .command('peer-work', { hidden: true })
    .description('collect, upload, wait for the receipt, power off; called by the workload of post.tgz')
    .action(async () => {
      const { runWork } = await import('../service/run-peer.ts');
      await runWork(environment, log);
    });
  program
    .command('power', { hidden: true })
    .command('cut')
    .description('cut the power through the BMC after a while')
    .requiredOption('--after <seconds>', 'how long the system has to go down by itself', Number)
    .action(async (options: { after: number }) => {
      const { cutPowerAfter } = await import('../service/run-peer.ts');
      await cutPowerAfter(options.after, environment, log);
    });
}

function addInventory(program: Command, { log, print }: CliDeps): void {
  program
    .command('capture <directory>')
    .description('run the inventory tools of this machine and keep what they say in an empty directory')
    .option('--root <directory>', 'read /proc and /sys of another root; no tool is run then')
    .option('--commands <directory>', 'take what the tools printed from <id>.out files there, and run none (docs/capture.md)')
    .action(async (directory: string, options: { root?: string; commands?: string }) => {
      const { captureTo } = await import('../peer/capture/capture.ts');
      const index = await captureTo(directory, { log, ...options });
      const failed = index.commands.filter((command) => command.status === 'failed' || command.status === 'timeout');
      log.info(
        `${directory}: ${index.commands.length} commands, ${failed.length} failed${failed.length === 0 ? '' : ` (${failed.map(({ id }) => id).join(', ')})`}`,
      );
    });
  program
    .command('normalise <directory>')
    .description('print the node record of a capture directory as JSON')
    .action(async (directory: string) => {
      const { normaliseDirectory } = await import('../peer/capture/directory.ts');
      print(`${JSON.stringify(await normaliseDirectory(directory), null, 2)}\n`);
    });
  program
    .command('schema', { hidden: true })
    .description('print the JSON Schema of the node record; make schema commits it')
    .option('--fields', 'print docs/fields.md instead', false)
    .action(async (options: { fields: boolean }) => {
      const { fieldsDocument } = await import('../domain/record/fields-document.ts');
      const { nodeRecordSchemaText } = await import('../domain/record/record-schema.ts');
      print(options.fields ? fieldsDocument() : nodeRecordSchemaText());
    });
}
