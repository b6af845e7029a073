/** A slot of `sg_ses --join` with a drive in it. */
export interface SesSlot {
  slot: string;
  /** `0x5000c500a0b1c2d3`, of the drive's port */
  sasAddress: string;
}

/**
 * Slots from `sg_ses --join`: blocks that begin at the line's start with the element's name (`Slot 03 [0,3]  Element type: Array device slot`),
 * with `SAS address: 0x…` among the lines below. Empty slots have the address zero and are left out.
 */
export function parseSgSes(text: string): SesSlot[] {
  const slots: SesSlot[] = [];
  let name: string | undefined;
  let number: string | undefined;
  for (const line of text.split('\n')) {
    const heading = /^(\S.*?)\s*\[-?\d+,-?\d+\]\s+Element type: (.*)$/.exec(line);
    if (heading !== null) {
      name = /slot|device/i.test(heading[2] ?? '') ? heading[1] : undefined;
      number = undefined;
      continue;
    }
    number ??= /device slot number: (\d+)/.exec(line)?.[1];
    const address = /^\s+SAS address: (0x[0-9a-f]{1,16})\b/i.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined && address !== undefined && !/^0x0+$/.test(address)) slots.push({ slot: number ?? name, sasAddress: address });
  }
  return slots;
}
