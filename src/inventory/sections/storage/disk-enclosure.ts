import type { Capture } from '../../../domain/capture.ts';
import { cleanValue, decodeText, wholeLines } from '../../../domain/values/text.ts';
import { parseSgSes } from '../../tools/sg-ses-text.ts';
import { copiedValue, linkTarget } from '../../values/copied-files.ts';

export interface EnclosureSlot {
  enclosure: string;
  slot: string;
}

/**
 * Where disks sit, by SCSI address (`0:0:3:0`) and by SAS address (`0x5000c500a0b1c2d3`), from /sys/class/enclosure (kernel module `ses`)
 * and from `sg_ses --join`.
 */
export function enclosureSlots(capture: Capture): {
  byHctl: ReadonlyMap<string, EnclosureSlot>;
  bySas: ReadonlyMap<string, EnclosureSlot>;
} {
  const byHctl = new Map<string, EnclosureSlot>();
  const bySas = new Map<string, EnclosureSlot>();
  for (const address of capture.list('sys/class/enclosure')) {
    const file = (path: string): string | undefined => copiedValue(capture, `sys/class/enclosure/${address}/${path}`);
    const enclosure = cleanValue(`${file('device/vendor') ?? ''} ${file('device/model') ?? ''}`) ?? address;
    for (const component of componentsOf(capture, address)) {
      const target = linkTarget(capture, `sys/class/enclosure/${address}/${component}/device`);
      const hctl = /\/(\d+:\d+:\d+:\d+)$/.exec(target ?? '')?.[1];
      // `slot` is the number that is printed on the case, where the enclosure tells it
      if (hctl !== undefined) byHctl.set(hctl, { enclosure, slot: file(`${component}/slot`) ?? component });
    }
    const text = wholeLines(decodeText(capture.output(`sg-ses-${address}`)));
    for (const { slot, sasAddress } of parseSgSes(text)) bySas.set(sasAddress, { enclosure, slot });
  }
  return { byHctl, bySas };
}

/** Slots with a disk have a link; its name may hold blanks, which a copied file's path cannot. */
function componentsOf(capture: Capture, address: string): string[] {
  const prefix = `sys/class/enclosure/${address}/`;
  return Object.keys(capture.index.links ?? {})
    .filter((path) => path.startsWith(prefix) && path.endsWith('/device'))
    .map((path) => path.slice(prefix.length, -'/device'.length))
    .filter((component) => component !== '');
}
