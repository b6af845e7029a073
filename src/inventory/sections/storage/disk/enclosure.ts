import { cleanValue } from '../../../../domain/values/text.ts';
import type { Readings } from '../../../readings/readings.ts';
import { type CopiedFiles, copiedValue, linkTarget } from '../../../values/copied-files.ts';

/** The shelf or backplane that a disk sits in, and where in it. */
export interface EnclosureSlot {
  enclosure: string;
  slot: string;
}

/**
 * Where disks sit, by SCSI address (`0:0:3:0`) and by SAS address (`0x5000c500a0b1c2d3`), from /sys/class/enclosure (kernel module `ses`)
 * and from `sg_ses --join`.
 */
export function enclosureSlots(
  { sgSes }: Pick<Readings, 'sgSes'>,
  files: CopiedFiles,
): {
  byHctl: ReadonlyMap<string, EnclosureSlot>;
  bySas: ReadonlyMap<string, EnclosureSlot>;
} {
  const byHctl = new Map<string, EnclosureSlot>();
  const bySas = new Map<string, EnclosureSlot>();
  for (const address of files.list('sys/class/enclosure')) {
    const file = (path: string): string | undefined => copiedValue(files, `sys/class/enclosure/${address}/${path}`);
    const enclosure = cleanValue(`${file('device/vendor') ?? ''} ${file('device/model') ?? ''}`) ?? address;
    for (const component of componentsOf(files, address)) {
      const target = linkTarget(files, `sys/class/enclosure/${address}/${component}/device`);
      const hctl = /\/(\d+:\d+:\d+:\d+)$/.exec(target ?? '')?.[1];
      // `slot` is the number that is printed on the case, where the enclosure tells it
      if (hctl !== undefined) byHctl.set(hctl, { enclosure, slot: file(`${component}/slot`) ?? component });
    }
    for (const { slot, sasAddress } of sgSes(address)) bySas.set(sasAddress, { enclosure, slot });
  }
  return { byHctl, bySas };
}

/** Slots with a disk have a link; its name may hold blanks, which a copied file's path cannot. */
function componentsOf({ index }: CopiedFiles, address: string): string[] {
  const prefix = `sys/class/enclosure/${address}/`;
  return Object.keys(index.links ?? {})
    .filter((path) => path.startsWith(prefix) && path.endsWith('/device'))
    .map((path) => path.slice(prefix.length, -'/device'.length))
    .filter((component) => component !== '');
}
