import type { FirmwareSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { parseLoadOption } from '../tools/efi-load-option.ts';
import type { CopiedFiles } from '../values/copied-files.ts';

/** EFI_GLOBAL_VARIABLE of UEFI 2.10, 3.3. */
export const EFI_GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c';
/** Where efivarfs is mounted, and where a capture has its files. */
export const EFIVARS = 'sys/firmware/efi/efivars';
/** efivarfs puts the variable's attributes before its value (Documentation/filesystems/efivarfs.rst). */
export const ATTRIBUTE_BYTES = 4;

/** The variables that are inventory: boot entries and their order, and whether signatures are enforced. */
export function isInventoryVariable(name: string): boolean {
  return INVENTORY_VARIABLE.test(name);
}

const INVENTORY_VARIABLE = new RegExp(`^(BootOrder|BootCurrent|BootNext|Boot[0-9A-F]{4}|SecureBoot|SetupMode)-${EFI_GLOBAL}$`);

/** The value of a variable; undefined when the capture has none. */
export function efiVariable(files: CopiedFiles, name: string): Buffer | undefined {
  const bytes = files.file(`${EFIVARS}/${name}-${EFI_GLOBAL}`);
  return bytes === undefined || bytes.length < ATTRIBUTE_BYTES ? undefined : bytes.subarray(ATTRIBUTE_BYTES);
}

/** Boot entries in the order that the firmware tries, from its variables. An empty object when the capture has no BootOrder. */
export function efiBootOrder(files: CopiedFiles): Pick<FirmwareSection, 'bootCurrent' | 'bootNext' | 'bootOrder'> {
  const order = efiVariable(files, 'BootOrder');
  const current = entryId(efiVariable(files, 'BootCurrent'));
  const next = entryId(efiVariable(files, 'BootNext'));
  const bootOrder = Array.from({ length: Math.floor((order?.length ?? 0) / 2) }, (_, at) => {
    const id = entryId(order?.subarray(2 * at)) ?? '';
    const option = efiVariable(files, `Boot${id}`);
    return { id, ...((option === undefined ? undefined : parseLoadOption(option)) ?? { active: false }) };
  });
  return {
    ...definedOnly({ bootCurrent: current, bootNext: next }),
    ...(order === undefined ? {} : { bootOrder }),
  };
}

function entryId(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined || bytes.length < 2 ? undefined : bytes.readUInt16LE(0).toString(16).toUpperCase().padStart(4, '0');
}
