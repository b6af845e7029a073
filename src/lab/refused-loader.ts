import { join } from 'node:path';
import { readOrUndefined } from '../platform/files/files.ts';
import { copySparse, writeAt } from '../platform/machine/disk-image-file.ts';
import { runOk } from '../platform/process/command.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { lastConsoleLines, withoutEscapes } from './machine/console-text.ts';
import { type Bench, startMachine } from './machine/start-machine.ts';
import { CONTROL_MACHINE } from './plan/lab-plan.ts';
import type { LabSetUp } from './set-up.ts';

/** A program of the chain that is not as it was signed, and who refuses it. */
const CHANGED = [
  { what: 'shim', file: 'EFI/BOOT/bootx64.efi', by: 'the firmware' },
  { what: 'GRUB', file: 'EFI/BOOT/grubx64.efi', by: 'shim' },
] as const;
const TIMEOUT_MS = 5 * 60_000;
/** inside the code of both programs */
const CHANGED_AT = 0x2000;

/** Findings of the control: a stick on which one program of the chain has one byte changed must be refused by the one before it. */
export async function findUnrefused(lab: Pick<LabSetUp, 'bench' | 'image' | 'work'>, say: (text: string) => void): Promise<string[]> {
  const directory = await lab.work.subdirectory('changed-loaders');
  const findings: string[] = [];
  for (const one of CHANGED) {
    const stick = join(directory, 'stick.img');
    await copySparse(lab.image.isoPath, stick);
    await changeFile(stick, one.file, directory);
    findings.push(...(await startChanged(lab.bench, stick, one, say)));
  }
  return findings;
}

async function startChanged(
  bench: Bench,
  stick: string,
  { what, by }: (typeof CHANGED)[number],
  say: (text: string) => void,
): Promise<string[]> {
  const machine = { ...CONTROL_MACHINE, firmware: 'uefi', secureBoot: true, disks: [] } as const;
  await using vm = await startMachine(bench, machine, { kind: 'stick', path: stick }, { run: `-changed-${what}`, isHeadless: true });
  // shim draws a box, and waits for a key: its words never end with a line
  const console = join(bench.workDir, `${vm.name}.console`);
  const answer = await waitFor(async () => answerToChangedLoader((await readOrUndefined(console))?.toString('utf8') ?? ''), {
    ...{ timeoutMs: TIMEOUT_MS, pauseMs: 500 },
  });
  if (answer === 'refused') {
    say(`${by} refused ${what} with one byte changed`);
    return [];
  }
  return [`${by} did not refuse ${what} with one byte changed; the console ends with:\n${lastConsoleLines(vm.console, 8)}`];
}

/**
 * What a console says to a loader that is not as it was signed. The firmware has a line for it; shim a box with a title and one button, of which an
 * emulated serial line loses half.
 */
export function answerToChangedLoader(console: string): 'refused' | 'started' | undefined {
  const text = withoutEscapes(console);
  if (/GNU GRUB|Loading the kernel|Linux version/.test(text)) return 'started';
  return /Access Denied|Security Violation|Verification failed|ERROR[\s\S]*OK/.test(text) ? 'refused' : undefined;
}

async function changeFile(stick: string, name: string, directory: string): Promise<void> {
  const table = await runOk(['xorriso', '-indev', stick, '-report_system_area', 'plain'], { timeoutMs: 60_000 });
  const start = Number(/^MBR partition\s*:\s*\d+\s+\S+\s+0xef\s+(\d+)\s/m.exec(table)?.[1]) * 512;
  const [partition, copy] = [`${stick}@@${start}`, join(directory, 'changed.efi')];
  await runOk(['mcopy', '-D', 'o', '-i', partition, `::/${name}`, copy], { timeoutMs: 60_000 });
  await writeAt(copy, CHANGED_AT, Buffer.from([0xcc, 0xcc, 0xcc, 0xcc]));
  await runOk(['mcopy', '-D', 'o', '-i', partition, copy, `::/${name}`], { timeoutMs: 60_000 });
}
