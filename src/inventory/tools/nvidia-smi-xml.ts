import type { Gpu } from '../../domain/record/accelerators.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { pciAddress } from '../values/pci-address.ts';
import { parseSize } from '../values/tool-size.ts';

/** The cards in the XML of `nvidia-smi -q -x`, document types v10 to v13. What a card does not have is written `N/A` there. */
export function parseNvidiaSmi(xml: string): Gpu[] {
  const driverVersion = meaningful(element(xml, 'driver_version'));
  const [, ...blocks] = xml.split('<gpu id="');
  return blocks.flatMap((block) => {
    // the driver writes eight digits of domain and capitals
    const address = pciAddress(block.slice(0, Math.max(0, block.indexOf('"'))));
    return address === undefined ? [] : [readGpu(block, address, driverVersion)];
  });
}

function readGpu(block: string, address: string, driverVersion: string | undefined): Gpu {
  return definedOnly<Gpu>({
    pciAddress: address,
    model: meaningful(element(block, 'product_name')),
    serial: meaningfulIdentity(element(block, 'serial')),
    uuid: meaningfulIdentity(element(block, 'uuid')),
    vbios: meaningful(element(block, 'vbios_version')),
    partNumber: meaningful(element(block, 'gpu_part_number')),
    memoryBytes: parseSize(element(block, 'fb_memory_usage', 'total')),
    eccEnabled: switched(element(block, 'ecc_mode', 'current_ecc')),
    migEnabled: switched(element(block, 'mig_mode', 'current_mig')),
    driverVersion,
  });
}

/** The text of the first element at a path of names; the document has no attributes there and nothing that is escaped. */
function element(xml: string, ...names: string[]): string | undefined {
  let text: string | undefined = xml;
  for (const name of names) {
    const start: number = text.indexOf(`<${name}>`);
    const end: number = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
    if (end < 0) return undefined;
    text = text.slice(start + name.length + 2, end);
  }
  return text.includes('<') ? undefined : text;
}

function switched(raw: string | undefined): boolean | undefined {
  const word = raw?.trim();
  return word === 'Enabled' ? true : word === 'Disabled' ? false : undefined;
}
