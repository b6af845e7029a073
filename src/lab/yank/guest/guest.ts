import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import type { Log } from '../../../platform/log.ts';
import { openDirectSector } from '../../../platform/machine/direct-sector.ts';
import { openRawImage } from '../../../platform/machine/raw-image.ts';
import { checkStick } from './check-stick.ts';
import { MARK_SECTOR, markBytes } from './marks.ts';
import { END_WORD, GuestTask, RESULT_WORD, TASK_FILE } from './task.ts';
import { writeVisit } from './write-visit.ts';

// The program of the rig's virtual machine: does the task that lies beside it, and says on the console what came of it.

/** Offset of the disk signature in a master boot record (UEFI specification, section 5.2.1). */
const SIGNATURE_OFFSET = 440;

const say = (line: string): void => void stdout.write(`${line}\n`);
const log: Log = { info: () => {}, warn: (message) => say(`warning: ${message}`), debug: () => {} };

const task = GuestTask.parse(JSON.parse(await readFile(join(argv[2] ?? '.', TASK_FILE), 'utf8')));
const disks = await disksBySignature();
if (task.kind === 'visit') {
  const disk = diskOf(1);
  await using sector = await openDirectSector(`/dev/${disk}`, MARK_SECTOR);
  // one at a time: there is one buffer, and the log must have an order
  let before: Promise<void> = Promise.resolve();
  await writeVisit(task, disk, (mark) => (before = before.then(() => sector.write(markBytes(mark)))), log);
} else {
  for (const stick of task.sticks) say(`${RESULT_WORD}${JSON.stringify(await checkStick(task, stick, diskOf(stick.yank), log))}`);
}
say(END_WORD);

async function disksBySignature(): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const name of (await readdir('/sys/block')).filter((one) => /^[sv]d[a-z]+$/.test(one))) {
    await using device = await openRawImage(`/dev/${name}`, 'read');
    const sector = await device.read(0, 512);
    if (sector.length === 512 && sector.readUInt16BE(510) === 0x55aa) found.set(sector.readUInt32LE(SIGNATURE_OFFSET), name);
  }
  return found;
}

function diskOf(signature: number): string {
  const disk = disks.get(signature);
  if (disk === undefined) throw new Error(`there is no disk with the signature ${signature}`);
  return disk;
}
