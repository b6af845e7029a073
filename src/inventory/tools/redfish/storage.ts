import type { PhysicalDrive, RaidController, VirtualDrive } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { asCount, asText, member, objects } from '../../values/json-value.ts';
import { ownWwn, wwnOfDigits } from '../../values/wwn.ts';
import { isBelow, isFitted, type RedfishResource } from './resources.ts';

/**
 * One controller for each Storage with its drives and volumes. A drive belongs to the Storage that names it, else to the one that its path lies below; drives of
 * which nobody says so are of a controller without a name.
 */
export function redfishControllers(resources: readonly RedfishResource[]): RaidController[] {
  const ofType = (type: string): RedfishResource[] => resources.filter((resource) => resource.type === type);
  const left = new Set(ofType('Drive').filter(isFitted));
  const controllers = ofType('Storage').map((storage): RaidController => {
    const named = new Set(objects(storage.body['Drives']).map((link) => asText(link['@odata.id'])));
    const drives = [...left].filter(({ path }) => named.has(path) || isBelow(storage.path, path));
    for (const drive of drives) left.delete(drive);
    const volumes = ofType('Volume').filter(({ path }) => isBelow(storage.path, path));
    const embedded = objects(storage.body['StorageControllers']);
    const own = ofType('StorageController').filter(({ path }) => isBelow(storage.path, path));
    return readController(storage, [...embedded, ...own.map(({ body }) => body)][0] ?? {}, { drives, volumes });
  });
  const rest =
    left.size === 0 ? [] : [readController({ type: '', path: '', body: { Id: 'drives' } }, {}, { drives: [...left], volumes: [] })];
  return [...controllers, ...rest].filter(
    ({ model, physicalDrives, virtualDrives }) => model ?? (physicalDrives.length || virtualDrives.length),
  );
}

function readController(
  storage: RedfishResource,
  body: Record<string, unknown>,
  { drives, volumes }: { drives: readonly RedfishResource[]; volumes: readonly RedfishResource[] },
): RaidController {
  const word = (key: string): string | undefined => meaningful(asText(body[key]));
  return definedOnly<RaidController>({
    id: asText(storage.body['Id']) ?? storage.path.split('/').at(-1) ?? '',
    tool: 'redfish',
    model: word('Model') ?? word('Name'),
    serial: meaningfulIdentity(asText(body['SerialNumber'])),
    firmware: word('FirmwareVersion'),
    sasAddress: objects(body['Identifiers'])
      .filter((identifier) => identifier['DurableNameFormat'] === 'NAA')
      .map((identifier) => asText(identifier['DurableName'])?.toLowerCase())
      .find((name) => name !== undefined && /^[0-9a-f]{16}$/.test(name)),
    health: meaningful(asText(member(body, 'Status', 'Health'))),
    virtualDrives: volumes.map(readVolume),
    physicalDrives: drives.map(readDrive),
  });
}

function readVolume({ body, path }: RedfishResource): VirtualDrive {
  return definedOnly<VirtualDrive>({
    id: asText(body['Id']) ?? path.split('/').at(-1) ?? '',
    level: meaningful(asText(body['RAIDType'])) ?? meaningful(asText(body['VolumeType'])),
    state: meaningful(asText(member(body, 'Status', 'Health'))),
    sizeBytes: asCount(body['CapacityBytes']) || undefined,
    name: meaningful(asText(body['DisplayName']) ?? asText(body['Name'])),
  });
}

function readDrive({ body }: RedfishResource): PhysicalDrive {
  const word = (key: string): string | undefined => meaningful(asText(body[key]));
  const wear = asCount(body['PredictedMediaLifeLeftPercent']);
  return definedOnly<PhysicalDrive>({
    slot: meaningful(asText(member(body, 'PhysicalLocation', 'PartLocation', 'ServiceLabel'))) ?? word('Name') ?? word('Id'),
    state: meaningful(asText(member(body, 'Status', 'Health'))),
    sizeBytes: asCount(body['CapacityBytes']) || undefined,
    interface: word('Protocol'),
    medium: word('MediaType'),
    vendor: driveVendor(word('Manufacturer')),
    model: word('Model'),
    serial: meaningfulIdentity(asText(body['SerialNumber'])),
    wwn: objects(body['Identifiers'])
      .map((identifier) => ownWwn(wwnOfDigits(asText(identifier['DurableName'])?.replace(/^(naa\.|0x)/i, ''))))
      .find((name) => name !== undefined),
    firmware: word('Revision') ?? word('FirmwareVersion'),
    rotationRpm: asCount(body['RotationSpeedRPM']) || undefined,
    wearPercent: wear === undefined || wear > 100 ? undefined : 100 - wear,
    smartPassed: body['FailurePredicted'] === true ? false : undefined,
  });
}
