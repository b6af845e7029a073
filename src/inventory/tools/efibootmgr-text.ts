import type { FirmwareSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { cleanValue } from '../../domain/values/text.ts';

/** The boot entries that `efibootmgr` prints, in the order of BootOrder; an empty object from any other text. */
export function parseEfibootmgr(text: string): Pick<FirmwareSection, 'bootCurrent' | 'bootNext' | 'bootOrder'> {
  const order = /^BootOrder: ([0-9A-F]{4}(?:,[0-9A-F]{4})*)\s*$/im.exec(text)?.[1]?.toUpperCase().split(',');
  const current = /^BootCurrent: ([0-9A-F]{4})\s*$/im.exec(text)?.[1]?.toUpperCase();
  const next = /^BootNext: ([0-9A-F]{4})\s*$/im.exec(text)?.[1]?.toUpperCase();
  const entries = new Map<string, { active: boolean; name: string | undefined }>();
  // newer versions print the device path behind a tab, without being asked
  for (const [, id = '', star, name] of text.matchAll(/^Boot([0-9A-F]{4})(\*| ) ?([^\t\n]*)/gim)) {
    entries.set(id.toUpperCase(), { active: star === '*', name: cleanValue(name) });
  }
  const bootOrder = order?.map((id) => {
    const { active, name } = entries.get(id) ?? { active: false, name: undefined };
    return { id, active, ...definedOnly({ name }) };
  });
  return {
    ...definedOnly({ bootCurrent: current, bootNext: next, bootOrder }),
  };
}
