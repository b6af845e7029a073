import type { Gpu } from '../../domain/record/accelerators.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { pciAddress } from '../values/pci-address.ts';
import { parseSize } from '../values/tool-size.ts';
import { parseXml, type XmlElement } from '../values/xml-tree.ts';

/** The cards in the XML of `nvidia-smi -q -x`, document types v10 to v13. What a card does not have is written `N/A` there. */
export function parseNvidiaSmi(xml: string): Gpu[] {
  const log = parseXml(xml).find((root) => root.name === 'nvidia_smi_log');
  const driverVersion = meaningful(textOf(log, 'driver_version'));
  const cards = (log?.children ?? []).filter((element) => element.name === 'gpu');
  return cards.flatMap((card) => {
    // the driver writes eight digits of domain and capitals
    const address = pciAddress(card.attributes['id']);
    return address === undefined ? [] : [readGpu(card, address, driverVersion)];
  });
}

/** Each fact by its own path: below a card cut into instances each of these has elements of the same names. */
function readGpu(card: XmlElement, address: string, driverVersion: string | undefined): Gpu {
  const said = (...path: string[]): string | undefined => textOf(card, ...path);
  const facts = [said('product_name'), said('serial'), said('uuid'), said('vbios_version'), said('fb_memory_usage', 'total')];
  return definedOnly<Gpu>({
    pciAddress: address,
    model: meaningful(said('product_name')),
    serial: meaningfulIdentity(said('serial')),
    uuid: meaningfulIdentity(said('uuid')),
    vbios: meaningful(said('vbios_version')),
    partNumber: meaningful(said('gpu_part_number')),
    memoryBytes: parseSize(said('fb_memory_usage', 'total')),
    eccEnabled: switched(said('ecc_mode', 'current_ecc')),
    migEnabled: switched(said('mig_mode', 'current_mig')),
    driverVersion,
    problem: [...facts, said('temperature', 'gpu_temp')].map(trouble).find((word) => word !== undefined),
  });
}

/** What nvidia-smi writes in place of a value when the card did not answer (NVML_ERROR_UNKNOWN, _GPU_IS_LOST, _RESET_REQUIRED). */
function trouble(text: string | undefined): string | undefined {
  return /^\W*(err!|unknown error|gpu is lost|gpu requires reset|reset required)\W*$/i.test(text ?? '') ? text?.trim() : undefined;
}

/** The text of the first element at a path of names, from child to child. */
function textOf(element: XmlElement | undefined, ...names: string[]): string | undefined {
  let at = element;
  for (const name of names) at = at?.children.find((child) => child.name === name);
  return at?.text;
}

function switched(raw: string | undefined): boolean | undefined {
  const word = raw?.trim();
  return word === 'Enabled' ? true : word === 'Disabled' ? false : undefined;
}
