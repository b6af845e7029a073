import { setTimeout as delay } from 'node:timers/promises';
import type { CapturedCommand, CaptureIndex } from '../../domain/capture.ts';
import { createCaptureDirectory } from '../../platform/files/capture-files.ts';
import { type RootedFiles, rootedFiles } from '../../platform/files/rooted-files.ts';
import type { Log } from '../../platform/log.ts';
import { type Argv, run } from '../../platform/process/command.ts';
import { CAPTURE_COMMANDS } from './commands/commands.ts';
import { type CapturePart, type PlannedCommand, planCommands } from './commands/plan.ts';
import { type CopiedPaths, copyCaptureFiles } from './copier.ts';
import { findCaptureDevices } from './devices.ts';
import { captureEfiVariables } from './efi.ts';
import { linksSettled, outerPorts, type PortsClock } from './links-settled.ts';
import { waitForNeighbours } from './lldp-wait.ts';
import { commandsOf, copyListOf, EVERY_PART } from './parts.ts';
import { recordedCommands } from './recorded-commands.ts';
import { type RunCommand, runCommands } from './runner.ts';

export interface CaptureDependencies {
  run: RunCommand;
  log: Log;
  /** where /proc, /sys and /dev are looked for; `/` by default */
  root?: string;
  /** instead of those below `root` */
  files?: RootedFiles;
  /** changes the plan before it is run */
  extend?: (planned: readonly PlannedCommand[]) => PlannedCommand[];
  /** only these; all of them by default */
  parts?: readonly CapturePart[];
  /** for the whole capture; 180 s by default */
  deadlineMs?: number;
  /** added to the environment of every command */
  environment?: Record<string, string>;
  /** only on a machine that our own image has booted */
  live?: LiveSteps;
  /** each command as it ends */
  onCommand?: (command: CapturedCommand) => void;
}

/** What a capture does on a machine that belongs to nobody else at the moment. */
export interface LiveSteps {
  /** where the firmware's variables are mounted for a moment */
  efiMountPoint: string;
  /** runs what loads and mounts them, where this program may not */
  mount?: RunCommand;
  ports: PortsClock;
}

/**
 * First stage of the inventory: runs the commands and copies the files, and leaves a capture directory with raw bytes and
 * `capture.json`. A command or file that fails is a row in it, never an exception.
 * @throws ReconError `not-writable` when the directory cannot be made or is not empty
 */
export async function capture(directory: string, dependencies: CaptureDependencies): Promise<CaptureIndex> {
  const { log, run: runCommand, root = '/', deadlineMs = 180_000, environment = {}, live, parts = EVERY_PART } = dependencies;
  const writer = await createCaptureDirectory(directory);
  const files = dependencies.files ?? rootedFiles(root);
  const devices = await findCaptureDevices(files);
  const known = planCommands(CAPTURE_COMMANDS, devices);
  const planned = commandsOf(parts, dependencies.extend?.(known) ?? known);
  const { settled, waiting } = await afterTheLinks(planned, { files, run: runCommand, live, interfaces: devices.interfaces });
  const copied: CopiedPaths = { files: [], links: {} };
  const onCommand = (command: CapturedCommand): void => {
    if (command.status === 'failed' || command.status === 'timeout') log.warn(`${command.argv.join(' ')}: ${command.status}`);
    dependencies.onCommand?.(command);
  };
  const [commands, efi] = await Promise.all([
    runCommands(waiting, { run: runCommand, writer, deadlineMs, environment, onCommand }),
    within(
      deadlineMs,
      parts.includes('hardware')
        ? captureEfiVariables({
            files,
            writer,
            run: live?.mount ?? runCommand,
            mountPoint: live?.efiMountPoint,
            onFile: (path) => copied.files.push(path),
          })
        : Promise.resolve(undefined),
    ),
    // a read in /sys can hang with its device; what was copied until then counts
    within(
      deadlineMs,
      settled.then(() => copyCaptureFiles(files, writer, copyListOf(parts), copied)),
    ),
  ]);
  const rows = efi === undefined ? commands : [...commands, efi];
  // of another tree, or of recordings, this machine's clock tells nothing
  const isOwn = root === '/' && dependencies.files === undefined;
  const when = isOwn ? { takenAt: new Date().toISOString() } : {};
  const index: CaptureIndex = { captureVersion: 1, ...when, commands: rows, files: copied.files.toSorted(), links: copied.links };
  await writer.write('capture.json', `${JSON.stringify(index, undefined, 2)}\n`);
  return index;
}

/** Ports that were just switched on need a moment, and switches speak every 30 s: what asks about them waits, all else does not. */
async function afterTheLinks(
  planned: readonly PlannedCommand[],
  facts: { files: RootedFiles; run: RunCommand; live: LiveSteps | undefined; interfaces: readonly string[] },
): Promise<{ settled: Promise<void>; waiting: readonly PlannedCommand[] }> {
  const { files, run: runCommand, live } = facts;
  if (live === undefined) return { settled: Promise.resolve(), waiting: planned };
  const ports = await outerPorts(files, facts.interfaces);
  const settled = linksSettled(files, ports, live.ports).catch(() => undefined);
  const heard = (): Promise<void> => settled.then(() => waitForNeighbours({ ...live.ports, run: runCommand, files, ports }));
  const ready = ({ id }: PlannedCommand): Pick<PlannedCommand, 'ready'> =>
    id === 'lldpctl' ? { ready: heard } : /^(ip|ethtool)-/.test(id) ? { ready: () => settled } : {};
  return { settled, waiting: planned.map((command) => ({ ...command, ...ready(command) })) };
}

/** Undefined when it takes longer; it is left behind then. */
async function within<T>(limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  const limit = delay(limitMs, undefined, { signal: stop.signal }).catch(() => undefined);
  return Promise.race([promise, limit]).finally(() => stop.abort());
}

/**
 * `recon capture DIR`: this machine with its tools; the files below another root without any; or what tools printed elsewhere, with the files of
 * a root or with none. Throws as {@link capture} and {@link recordedCommands}.
 */
export async function captureTo(directory: string, options: { log: Log; root?: string; commands?: string }): Promise<CaptureIndex> {
  const { commands, ...rest } = options;
  if (commands !== undefined) {
    const recorded = await recordedCommands(commands);
    return capture(directory, { ...rest, ...recorded, ...(rest.root === undefined ? { files: NO_FILES } : {}) });
  }
  const isThisMachine = options.root === undefined || options.root === '/';
  return capture(directory, { ...rest, run: isThisMachine ? run : answerNothing });
}

/** Recordings of another machine are not to be mixed with the files of this one. */
const NO_FILES: RootedFiles = { read: async () => undefined, list: async () => [], resolve: async () => undefined };

/** The tools here would speak of this machine, not of the one below the root. */
async function answerNothing(argv: Argv): ReturnType<RunCommand> {
  const nothing = Buffer.alloc(0);
  return { argv, status: 'absent', exitCode: undefined, signal: undefined, stdout: nothing, stderr: nothing, durationMs: 0 };
}
