import type { SystemSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { type CopiedFiles, copiedText, copiedValue } from '../values/copied-files.ts';
import { keyValueLines } from '../values/key-value-lines.ts';

/**
 * The machine by what stands in place of SMBIOS elsewhere: the device tree of ARM, POWER and RISC-V (Devicetree Specification 2.3.2; OPAL's and PAPR's `system-id`), /proc/sysinfo of
 * s390x, and the last lines of /proc/cpuinfo with POWER. Empty where there is none of them.
 */
export function machineTree(files: CopiedFiles): SystemSection {
  const sysinfo = keyValueLines(copiedText(files, 'proc/sysinfo'));
  const own = (name: string): string | undefined =>
    DIRECTORIES.map((directory) => copiedValue(files, `${directory}/${name}`)).find((text) => text !== undefined);
  // PAPR has IBM and a comma before both
  const [vendor, model] = /^(IBM),(.+)$/.exec(own('model') ?? powerModel(files) ?? '')?.slice(1) ?? [
    own('vendor'),
    own('model') ?? powerModel(files),
  ];
  const number = /^(?:IBM,\d\d)?([0-9A-Z]{7,})$/.exec(own('system-id') ?? '')?.[1];
  return definedOnly<SystemSection>({
    vendor: meaningful(sysinfo.get('Manufacturer') ?? vendor),
    product: meaningful(sysinfo.get('Type') ?? model),
    version: meaningful(sysinfo.get('Model')),
    serial: meaningfulIdentity(sysinfo.get('Sequence Code') ?? number ?? own('serial-number')),
  });
}

const DIRECTORIES = ['proc/device-tree', 'sys/firmware/devicetree/base'];

/** `model : 9006-22P`, behind the processors. */
function powerModel(files: CopiedFiles): string | undefined {
  const cpuinfo = copiedText(files, 'proc/cpuinfo');
  return /^platform\s*:/m.test(cpuinfo) ? /^model\s*: (\S.*)$/m.exec(cpuinfo)?.[1] : undefined;
}
