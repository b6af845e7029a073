import type { CpuSection } from '../../../domain/record/cpu.ts';
import type { Nic } from '../../../domain/record/network.ts';
import type { Disk } from '../../../domain/record/storage.ts';
import type { BoardSection, FirmwareSection, SystemSection } from '../../../domain/record/system.ts';
import { isDiskName } from '../../../domain/values/block-device.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../../domain/values/placeholder.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';
import { asCount, asText, isObject, member } from '../../values/json-value.ts';
import { nonEmpty, nonEmptyObject } from '../../values/non-empty.ts';
import type { ToldFacts } from '../../values/told-facts.ts';
import { looksVirtual } from '../../values/virtual-interface.ts';
import { ownWwn } from '../../values/wwn.ts';
import { readFacts } from './read.ts';

type Facts = Record<string, unknown>;

/** What facter says of a machine, in structured facts or in the flat ones of releases before 3. Undefined of any other text. */
export function parseFacter(bytes: Uint8Array | undefined): ToldFacts | undefined {
  const facts = readFacts(bytes);
  if (facts === undefined) return undefined;
  return {
    by: 'facter',
    ...machineOf(facts),
    cpu: cpuOf(facts),
    bmc: {},
    memoryBytes: asCount(member(facts, 'memory', 'system', 'total_bytes')),
    dimms: [],
    disks: disksOf(facts),
    controllers: [],
    nics: nicsOf(facts),
    powerSupplies: [],
  };
}

function machineOf(facts: Facts): Pick<ToldFacts, 'system' | 'board' | 'firmware'> {
  const dmi = (...path: string[]): string | undefined => asText(member(facts, 'dmi', ...path));
  const flat = (name: string): string | undefined => asText(facts[name]);
  const chassis = definedOnly<NonNullable<SystemSection['chassis']>>({ assetTag: meaningfulLabel(dmi('chassis', 'asset_tag')) });
  return {
    system: definedOnly<SystemSection>({
      vendor: meaningful(dmi('manufacturer') ?? flat('manufacturer')),
      product: meaningful(dmi('product', 'name') ?? flat('productname')),
      serial: meaningfulIdentity(dmi('product', 'serial_number') ?? flat('serialnumber')),
      uuid: meaningfulIdentity(dmi('product', 'uuid') ?? flat('uuid'))?.toLowerCase(),
      chassis: nonEmptyObject(chassis),
    }),
    board: definedOnly<BoardSection>({
      vendor: meaningful(dmi('board', 'manufacturer') ?? flat('boardmanufacturer')),
      product: meaningful(dmi('board', 'product') ?? flat('boardproductname')),
      serial: meaningfulIdentity(dmi('board', 'serial_number') ?? flat('boardserialnumber')),
      assetTag: meaningfulLabel(dmi('board', 'asset_tag')),
    }),
    firmware: definedOnly<FirmwareSection>({
      vendor: meaningful(dmi('bios', 'vendor') ?? flat('bios_vendor')),
      version: meaningful(dmi('bios', 'version') ?? flat('bios_version')),
      date: meaningful(dmi('bios', 'release_date') ?? flat('bios_release_date')),
    }),
  };
}

function cpuOf(facts: Facts): CpuSection {
  const models = member(facts, 'processors', 'models');
  const first: unknown = Array.isArray(models) ? models[0] : facts['processor0'];
  return definedOnly<CpuSection>({
    architecture: meaningful(asText(member(facts, 'os', 'hardware') ?? facts['hardwaremodel'])),
    model: meaningful(asText(first)),
    sockets: asCount(member(facts, 'processors', 'physicalcount') ?? facts['physicalprocessorcount']) || undefined,
    threads: asCount(member(facts, 'processors', 'count') ?? facts['processorcount']) || undefined,
    coresPerSocket: asCount(member(facts, 'processors', 'cores')) || undefined,
    threadsPerCore: undefined,
  });
}

function disksOf(facts: Facts): Disk[] {
  const all = isObject(facts['disks']) ? Object.entries(facts['disks']) : flatDisks(facts);
  return all
    .filter(([name]) => isDiskName(name.replaceAll('/', '!')))
    .map(([name, disk]) => {
      const word = (key: string): string | undefined => meaningful(asText(member(disk, key)));
      const sizeBytes = asCount(member(disk, 'size_bytes'));
      return definedOnly<Disk>({
        name: name.replaceAll('/', '!'),
        sizeBytes,
        mediumPresent: sizeBytes === 0 ? false : undefined,
        model: word('model') ?? word('product'),
        vendor: driveVendor(word('vendor')),
        serial: meaningfulIdentity(asText(member(disk, 'serial_number') ?? member(disk, 'serial'))),
        wwn: ownWwn(/^0x[0-9a-f]{16,32}$/.exec(asText(member(disk, 'wwn'))?.toLowerCase() ?? '')?.[0]),
        rotational: word('type') === 'hdd' ? true : word('type') === 'ssd' ? false : undefined,
      });
    });
}

/** `blockdevice_sda_size`. */
function flatDisks(facts: Facts): [string, Facts][] {
  const names = (asText(facts['blockdevices']) ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => {
    const of = (key: string): unknown => facts[`blockdevice_${name}_${key}`];
    return [name, { size_bytes: of('size'), model: of('model'), vendor: of('vendor') }];
  });
}

function nicsOf(facts: Facts): Nic[] {
  const structured = member(facts, 'networking', 'interfaces');
  const all = isObject(structured) ? Object.entries(structured) : flatNics(facts);
  return all.flatMap(([name, found]): Nic[] => {
    const mac = hardwareAddress(asText(member(found, 'mac')));
    if (mac === undefined || looksVirtual(name, undefined) || member(found, 'physical') === false) return [];
    const bindings = [member(found, 'bindings'), member(found, 'bindings6')].flatMap((list) => (Array.isArray(list) ? list : []));
    return [
      definedOnly<Nic>({
        name,
        mac,
        linkType: mac.length === 17 ? 'ether' : 'infiniband',
        mtuBytes: asCount(member(found, 'mtu')),
        addresses: nonEmpty(bindings.flatMap((one) => withPrefix(asText(member(one, 'address')), asText(member(one, 'netmask'))))),
      }),
    ];
  });
}

/** `macaddress_eth0`; dots and colons of a name are underscores there. */
function flatNics(facts: Facts): [string, Facts][] {
  const names = (asText(facts['interfaces']) ?? '').split(',').filter((name) => name !== '');
  return names.map((name) => [name, { mac: facts[`macaddress_${name}`], mtu: facts[`mtu_${name}`] }]);
}

/** The mask as a number of bits; link-local IPv6 says nothing. */
function withPrefix(address: string | undefined, mask: string | undefined): string[] {
  if (address === undefined || /^fe80:/i.test(address)) return [];
  const parts =
    mask?.includes(':') === true ? mask.split(':').map((part) => Number.parseInt(part || '0', 16)) : (mask?.split('.').map(Number) ?? []);
  const bits = parts.map((part) => part.toString(2).replaceAll('0', '').length).reduce((sum, count) => sum + count, 0);
  return [mask === undefined ? address : `${address}/${bits}`];
}
