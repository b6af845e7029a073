/** What a BIOS machine says, on its screen and serial port, when it boots the disk of the rehearsal. */
export const DISK_WORDS = 'Rehearsal: this machine boots its own disk';

/** The first sector of a disk: a program of 16 bits that says {@link DISK_WORDS} through the BIOS and stops the processor. It writes nothing. */
export function bootSector(): Uint8Array {
  const sector = Buffer.alloc(512);
  sector.set(PROGRAM);
  sector.write(`\r\n${DISK_WORDS}\r\n`, PROGRAM.length, 'latin1');
  // without it no BIOS starts a sector
  sector.set([0x55, 0xaa], 510);
  return sector;
}

/** At 7c00 hexadecimal, where a BIOS puts it. */
const PROGRAM = Uint8Array.from([
  ...[0xfc], // cld
  ...[0x31, 0xc0, 0x8e, 0xd8], // xor ax,ax; mov ds,ax
  ...[0xbe, 0x19, 0x7c], // mov si,7c19: the words behind this program
  ...[0xac, 0x84, 0xc0, 0x74, 0x09], // next: lodsb; test al,al; jz stop
  ...[0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd, 0x10], // mov ah,0e; mov bx,7; int 10: a letter on the screen
  ...[0xeb, 0xf2], // jmp next
  ...[0xf4, 0xeb, 0xfd], // stop: hlt; jmp stop
]);
