import type { BoardSection, FirmwareSection, SystemSection } from '../../../domain/record/system.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../../domain/values/placeholder.ts';
import { asText } from '../../values/json-value.ts';
import { nonEmptyObject } from '../../values/non-empty.ts';
import type { RedfishResource } from './resources.ts';

/** What a ComputerSystem and its Chassis say of the machine as a whole. */
export interface RedfishMachine {
  system: SystemSection;
  board: BoardSection;
  firmware: FirmwareSection;
}

/** Undefined where the resources are of no machine, or of several: a chassis of blades. */
export function redfishMachine(resources: readonly RedfishResource[]): RedfishMachine | undefined {
  const systems = computerSystems(resources);
  const [system] = systems;
  if (system === undefined || systems.length > 1) return undefined;
  const word = (key: string): string | undefined => meaningful(asText(system.body[key]));
  const identity = (key: string): string | undefined => meaningfulIdentity(asText(system.body[key]));
  const vendor = word('Manufacturer');
  // iDRAC has the service tag, which SMBIOS calls the serial number, as order number, and the board's number as that of the system
  const isDell = /^dell\b/i.test(vendor ?? '');
  return {
    system: definedOnly<SystemSection>({
      vendor,
      product: word('Model'),
      sku: isDell ? undefined : label(system, 'SKU'),
      serial: isDell ? identity('SKU') : identity('SerialNumber'),
      uuid: identity('UUID')?.toLowerCase(),
      chassis: chassisOf(resources, isDell),
    }),
    board: isDell ? definedOnly<BoardSection>({ serial: identity('SerialNumber') }) : {},
    firmware: definedOnly<FirmwareSection>({ version: word('BiosVersion') }),
  };
}

/** Those that stand for a machine; what a GPU baseboard calls a system has neither a BIOS nor a type. */
export function computerSystems(resources: readonly RedfishResource[]): RedfishResource[] {
  const all = resources.filter(
    ({ type, body }) => type === 'ComputerSystem' && !/^(virtual|os|composed)/i.test(asText(body['SystemType']) ?? ''),
  );
  const withBios = all.filter(({ body }) => body['BiosVersion'] !== undefined || body['Bios'] !== undefined);
  return withBios.length > 0 ? withBios : all;
}

/** The one that the machine is; shelves, backplanes and cards are chassis too. */
function chassisOf(resources: readonly RedfishResource[], isDell: boolean): SystemSection['chassis'] | undefined {
  const all = resources.filter(({ type, body }) => type === 'Chassis' && CHASSIS.test(asText(body['ChassisType']) ?? ''));
  const [only] = all;
  if (only === undefined || all.length > 1) return undefined;
  const word = (key: string): string | undefined => meaningful(asText(only.body[key]));
  const identity = (key: string): string | undefined => meaningfulIdentity(asText(only.body[key]));
  const chassis = definedOnly<NonNullable<SystemSection['chassis']>>({
    type: CHASSIS_WORDS[word('ChassisType') ?? ''],
    vendor: word('Manufacturer'),
    serial: isDell ? identity('SKU') : identity('SerialNumber'),
    assetTag: label(only, 'AssetTag'),
  });
  return nonEmptyObject(chassis);
}

/** What an owner or a price list calls it may well be a short word. */
function label({ body }: RedfishResource, key: string): string | undefined {
  return meaningfulLabel(asText(body[key]));
}

const CHASSIS = /^(RackMount|Blade|StandAlone|Sled|Tower)$/;
/** In the words of SMBIOS. */
const CHASSIS_WORDS: Readonly<Record<string, string>> = { RackMount: 'Rack Mount Chassis', Blade: 'Blade', Tower: 'Tower' };
