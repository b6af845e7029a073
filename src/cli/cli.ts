import { Command, CommanderError } from 'commander';
import type { HeadOptionsDeps } from './asked-head.ts';
import { addAssignCommands } from './assign-commands.ts';
import { addBuildCommands, type BuildCommandsDeps } from './build-commands.ts';
import { addCaptureCommands, type CaptureCommandsDeps } from './capture-commands.ts';
import { addDemoCommand, type DemoCommandDeps } from './demo-command.ts';
import { addHandoverCommands, type HandoverCommandsDeps } from './handover-commands.ts';
import { addHeadCommands } from './head-commands.ts';
import { addImageCommands, type ImageCommandsDeps } from './image-commands.ts';
import { addLabCommands } from './lab-commands.ts';
import { addNodeCommands } from './node-commands.ts';
import { addPeopleCommands } from './people-commands.ts';
import { addPoolCommands } from './pool-commands.ts';
import { addPushCommand } from './push-command.ts';
import { addResultsCommands, type ResultsCommandsDeps } from './results-commands.ts';
import { addServiceCommands, type ServiceCommandsDeps } from './service-commands.ts';
import { addShellCommands } from './shell-commands.ts';
import { addTraceCommand } from './trace-command.ts';
import { refuseUnknownWords } from './unknown-words.ts';

/** In the image, where there is no checkout, no command is called that needs `repository`. */
export type CliDeps = { version: string; printError: (text: string) => void } & BuildCommandsDeps &
  ServiceCommandsDeps &
  CaptureCommandsDeps &
  DemoCommandDeps &
  ResultsCommandsDeps &
  HandoverCommandsDeps &
  HeadOptionsDeps &
  ImageCommandsDeps;

/**
 * The command tree: each command parses and calls one function. Modules are loaded when their command is called.
 * @param words what was typed: help of `export` and the manual page name every format, and they are loaded for them alone
 */
export async function buildCli(deps: CliDeps, words: readonly string[]): Promise<Command> {
  const formats = words.some((word) => word === 'export' || word === 'man')
    ? (await import('../report/export/formats/formats.ts')).EXPORT_FORMATS
    : [];
  const program = new Command('recon')
    .description('Inventory of a data center from one USB stick: a node becomes the master, the others boot from it.')
    .version(deps.version)
    .option('--debug', 'say more, and show where an error comes from')
    .exitOverride()
    .configureOutput({ writeOut: deps.print, writeErr: deps.printError })
    .showHelpAfterError('(recon --help is the map)');
  refuseUnknownWords(program);
  program.commandsGroup('A first look:');
  addDemoCommand(program, deps);
  program.commandsGroup('Image, at the workstation:');
  addBuildCommands(program, deps);
  addLabCommands(program, deps);
  program.commandsGroup('Visit, on the machines:');
  addServiceCommands(program, deps);
  addCaptureCommands(program, deps);
  program.commandsGroup('Desk, with a tarball:');
  addResultsCommands(program, deps);
  addTraceCommand(program, deps);
  addHandoverCommands(program, deps, formats);
  addPushCommand(program, deps);
  program.commandsGroup('Boot pool, at a head node:');
  addPoolCommands(program, deps);
  addNodeCommands(program, deps);
  addAssignCommands(program, deps);
  addPeopleCommands(program, deps);
  addImageCommands(program, deps);
  addHeadCommands(program, deps);
  program.commandsGroup('This program:');
  addShellCommands(program, deps);
  return program;
}

/** Exit code of a call that asked for help (0) or was wrong (2), undefined for any other failure; commander has said why. */
export function usageExitCode(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  return error.exitCode === 0 ? 0 : 2;
}
