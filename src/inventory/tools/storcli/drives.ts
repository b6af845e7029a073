import type { PhysicalDrive } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { drivenTemperature } from '../../values/driven-temperature.ts';
import { asCount, asText, isObject, objects } from '../../values/json-value.ts';
import { bracketSectors, product, sectorBytes } from '../../values/tool-size.ts';
import { wwnOfDigits } from '../../values/wwn.ts';

/** Physical drives of one controller: rows of the tables, with the details that `/call/eall/sall show all` has per drive. */
export function storcliPhysicalDrives(data: Record<string, unknown>): PhysicalDrive[] {
  const tables = Object.entries(data).filter(([key]) => /^(PD LIST|Drive Information|Drive \/c\d+(\/e\d+)?\/s\d+)$/.test(key));
  const groups = detailGroups(data);
  const drives = tables.flatMap(([, rows]) => objects(rows)).flatMap((row) => readRow(row, detailsOf(groups, row)));
  return [...new Map(drives.map((drive) => [`${drive.enclosure}:${drive.slot}:${drive.deviceId}`, drive])).values()];
}

function readRow(row: Record<string, unknown>, details: Details): PhysicalDrive[] {
  const value = (key: string): string | undefined => dashless(asText(row[key]));
  const [, enclosure, slot] = /^\s*(\d*)\s*:\s*(\d+)\s*$/.exec(asText(row['EID:Slt']) ?? '') ?? [];
  if (slot === undefined) return [];
  const attribute = (key: string): string | undefined => meaningful(asText(details.attributes[key]));
  const degrees = /(-?\d+)C/.exec(asText(details.state['Drive Temperature']) ?? '')?.[1];
  return [
    definedOnly<PhysicalDrive>({
      enclosure: enclosure === '' ? undefined : enclosure,
      slot,
      deviceId: value('DID'),
      state: value('State'),
      driveGroup: value('DG'),
      sizeText: value('Size'),
      sizeBytes: product(bracketSectors(attribute('Raw size')), sectorBytes(value('SeSz'))),
      interface: value('Intf'),
      medium: value('Med'),
      vendor: driveVendor(attribute('Manufacturer Id')),
      model: attribute('Model Number') ?? value('Model'),
      serial: meaningfulIdentity(attribute('SN')),
      wwn: wwnOfDigits(attribute('WWN')),
      firmware: attribute('Firmware Revision'),
      temperatureCelsius: drivenTemperature(Number(degrees)),
      mediaErrors: asCount(details.state['Media Error Count']),
      otherErrors: asCount(details.state['Other Error Count']),
      predictiveFailures: asCount(details.state['Predictive Failure Count']),
      // an alert is a verdict; its absence is none
      smartPassed: /^yes$/i.test(asText(details.state['S.M.A.R.T alert flagged by drive']) ?? '') ? false : undefined,
    }),
  ];
}

interface Details {
  state: Record<string, unknown>;
  attributes: Record<string, unknown>;
}

/** `Drive /c0/e35/s12 - Detailed Information` holds groups named `Drive /c0/e35/s12 State`, `… Device attributes`; by `/e35/s12`. */
function detailGroups(data: Record<string, unknown>): ReadonlyMap<string, unknown> {
  const groups = new Map<string, unknown>();
  for (const [key, group] of Object.entries(data)) {
    const place = /^Drive \/c\d+(\S+) - Detailed Information$/.exec(key)?.[1];
    if (place !== undefined && !groups.has(place)) groups.set(place, group);
  }
  return groups;
}

function detailsOf(groups: ReadonlyMap<string, unknown>, row: Record<string, unknown>): Details {
  const place = (asText(row['EID:Slt']) ?? '').replaceAll(' ', '').split(':');
  const group = groups.get(place[0] === '' ? `/s${place[1]}` : `/e${place[0]}/s${place[1]}`);
  const part = (name: string): Record<string, unknown> => {
    const found = isObject(group) ? Object.entries(group).find(([key]) => key.endsWith(` ${name}`))?.[1] : undefined;
    return isObject(found) ? found : {};
  };
  return { state: part('State'), attributes: part('Device attributes') };
}

function dashless(text: string | undefined): string | undefined {
  const value = meaningful(text);
  return value === undefined || /^-+$/.test(value) ? undefined : value;
}
