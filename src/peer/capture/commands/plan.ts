import type { Argv } from '../../../platform/process/command.ts';

/** Devices of the machine that commands are run for, by kernel names. */
export interface CaptureDevices {
  /** network interfaces that are hardware */
  interfaces: readonly string[];
  /** disks that SMART can be asked of */
  smartDisks: readonly string[];
  /** `nvme0`, … */
  nvmeControllers: readonly string[];
  /** SCSI addresses of disk enclosures */
  enclosures: readonly string[];
  /** `mlx5_0`, … */
  infinibandDevices: readonly string[];
  /** what hangs on USB, root hubs among it */
  usbDevices: readonly string[];
  /** an IPMI device node exists */
  hasIpmi: boolean;
}

/** What a tool says when that which it is asked of is not there, and the reason in our words. */
export type AbsentWords = readonly (readonly [pattern: RegExp, reason: string])[];

/**
 * What a command asks, and so who may run it: the links of the machine (they are seen in its network alone), its hardware (as root, and nothing of the
 * network), or whatever a program of the operator's asks.
 */
export type CapturePart = 'links' | 'hardware' | 'brought';

interface RuleBase {
  /** the hardware when missing */
  part?: CapturePart;
  /** name in the capture; commands for one device get `-<device>` behind it */
  id: string;
  timeoutMs: number;
  /** added to its environment */
  environment?: Record<string, string>;
  /** commands of one lane run one after the other, because their device answers one at a time */
  lane?: 'ipmi' | 'raid';
  /** without any of these the command is not run: it would only say that there are none */
  needs?: 'nvmeControllers' | 'infinibandDevices' | 'usbDevices';
  /** exit codes other than zero that are no failure */
  isOk?: (exitCode: number, stdout: Buffer) => boolean;
  /** failures that only say that the machine lacks the thing */
  absentWhen?: AbsentWords;
  /** waited for before the command is started; ends by itself */
  ready?: () => Promise<void>;
  /** what of the output is kept */
  keep?: (stdout: Buffer) => Buffer;
  /** commands that only the output of this one makes known */
  followUp?: (stdout: Buffer) => PlannedCommand[];
  /** what its output changes of later commands of its lane, by their ids */
  changes?: (stdout: Buffer) => Readonly<Record<string, Partial<Pick<PlannedCommand, 'argv' | 'absentReason'>>>>;
}

/** Kinds of devices that commands are run for, one by one. */
export type DeviceKind = 'interfaces' | 'smartDisks' | 'nvmeControllers' | 'enclosures';

/** A row of the command table: one command, or one for each device of a kind. */
export type CommandRule = RuleBase & ({ argv: Argv } | { each: DeviceKind; argv: (name: string) => Argv });

export interface PlannedCommand extends RuleBase {
  argv: Argv;
  /** set when the command need not be run: what it asks is not there */
  absentReason?: string;
}

/** The commands for this machine, in the order of the table. Pure. */
export function planCommands(rules: readonly CommandRule[], devices: CaptureDevices): PlannedCommand[] {
  return rules.flatMap((rule): PlannedCommand[] => {
    if ('each' in rule) {
      const { argv, each, ...rest } = rule;
      return devices[each].map((name) => ({ ...rest, id: `${rule.id}-${fileSafe(name)}`, argv: argv(name) }));
    }
    const absentReason = whyNot(rule, devices);
    return [absentReason === undefined ? rule : { ...rule, absentReason }];
  });
}

function whyNot(rule: RuleBase, devices: CaptureDevices): string | undefined {
  if (rule.lane === 'ipmi' && !devices.hasIpmi) return 'no IPMI device: the machine has no BMC, or no driver for it';
  return rule.needs !== undefined && devices[rule.needs].length === 0 ? NOTHING_THERE[rule.needs] : undefined;
}

const NOTHING_THERE = {
  nvmeControllers: 'no NVMe drive',
  infinibandDevices: 'no InfiniBand or RoCE device',
  usbDevices: 'no USB',
} as const satisfies Record<NonNullable<RuleBase['needs']>, string>;

/** An interface may be called nearly anything; in the name of a file only plain characters stay, the others become %XX. */
export function fileSafe(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.:@!-]/g, (character) =>
    Buffer.from(character).toString('hex').toUpperCase().replaceAll(/../g, '%$&'),
  );
}
