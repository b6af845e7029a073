import { CONSOLE, FOLDER } from '../guest/report-script.ts';
import { TURN_SERIAL } from '../machine/matrix-arguments.ts';
import type { Temptation } from './temptations.ts';

/** What the guest says when a phase has tempted, and again when everything is put back; it then waits for its turn. */
export const phaseWord = (turn: number): RegExp => new RegExp(`recon-matrix: turn ${turn}(?!\\d)`);

/** What stands at the start of the small disk when the guest may go on. */
export const turnBytes = (turn: number): Buffer => Buffer.from(`turn ${turn} `.padEnd(512), 'latin1');

/** Says it again and again: the kernel writes to the same serial port, and a character may come twice. */
const WAIT = `wait_turn() {
    until [ "$(dd if=/dev/disk/by-id/virtio-${TURN_SERIAL} bs=512 count=1 iflag=direct 2> /dev/null | cut -d' ' -f2)" = "$1" ]; do
        echo "recon-matrix: turn $1" > ${CONSOLE}
        sleep 1
    done
}`;

/** The lines of shell that go through all phases: two turns for each, after what tempts and after it is put back. */
export function phaseScript(phases: readonly Temptation[], end: readonly string[]): string[] {
  return [
    WAIT,
    `exec > ${CONSOLE} 2>&1`,
    ...phases.flatMap(({ name, tempt, restore }, index) => [
      `echo 'recon-matrix: ${name}'`,
      ...tempt,
      `sh /run/${FOLDER}/report.sh`,
      `wait_turn ${2 * index + 1}`,
      ...restore,
      `sh /run/${FOLDER}/report.sh`,
      `wait_turn ${2 * index + 2}`,
    ]),
    ...end,
  ];
}
