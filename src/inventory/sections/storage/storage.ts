import type { Capture } from '../../../domain/capture.ts';
import type { PhysicalDrive, RaidController } from '../../../domain/record/raid.ts';
import type { StorageSection } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { parseLvmReports } from '../../tools/lvm-json.ts';
import { parseMdadmExamine } from '../../tools/mdadm-text.ts';
import { parseSmartctl } from '../../tools/smartctl-json.ts';
import { parseSsacli } from '../../tools/ssacli-text.ts';
import { parseStorcli } from '../../tools/storcli/json.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { normaliseDisks } from './disks.ts';
import { hostAdapters } from './host-adapters.ts';

/** What stands behind and above the disks: RAID controllers, drives that they hide, software RAID, volume groups, FC and SAS adapters. */
export function normaliseStorage(capture: Capture): SectionResult<StorageSection> {
  const ids = capture.index.commands.map((command) => command.id);
  const outputsOf = (prefix: string): (Buffer | undefined)[] => ids.filter((id) => id.startsWith(prefix)).map((id) => capture.output(id));
  const storcli = parseStorcli(outputsOf('storcli'), 'storcli');
  const perccli = parseStorcli(outputsOf('perccli'), 'perccli');
  const controllers = [...storcli.controllers, ...perccli.controllers, ...parseSsacli(wholeLines(decodeText(capture.output('ssacli'))))];
  const asked = ids.filter((id) => id.startsWith('smartctl-behind-')).flatMap((id) => hiddenDrive(capture.output(id)));
  const disks = normaliseDisks(capture);
  const data = definedOnly<StorageSection>({
    diskCount: disks.status === 'ok' ? disks.data.filter((disk) => disk.mediumPresent !== false).length : undefined,
    controllers: some(controllers.map((controller) => withSmart(controller, asked))),
    hiddenDrives: some(
      asked.filter((drive) => !controllers.some((controller) => controller.physicalDrives.some((other) => isSame(other, drive)))),
    ),
    softwareRaid: some(
      parseMdadmExamine(
        outputsOf('mdadm-examine')
          .map((output) => wholeLines(decodeText(output)))
          .join(''),
      ),
    ),
    volumeGroups: some(parseLvmReports({ pvs: capture.output('lvm-pvs'), vgs: capture.output('lvm-vgs'), lvs: capture.output('lvm-lvs') })),
    hostAdapters: some(hostAdapters(capture)),
    problems: some([...storcli.problems, ...perccli.problems]),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: 'nothing was read of any controller, adapter or disk' };
}

/** A drive that smartctl reached through its controller. */
function hiddenDrive(bytes: Buffer | undefined): PhysicalDrive[] {
  const smart = parseSmartctl(bytes);
  if (smart === undefined || (smart.model === undefined && smart.serial === undefined)) return [];
  return [
    definedOnly<PhysicalDrive>({
      smartctlType: smart.deviceType,
      deviceId: /megaraid,(\d+)$/.exec(smart.deviceType ?? '')?.[1],
      vendor: meaningful(smart.vendor),
      model: meaningful(smart.model),
      serial: meaningfulIdentity(smart.serial),
      wwn: smart.wwn,
      firmware: meaningful(smart.firmware),
      sizeBytes: smart.sizeBytes,
      interface: smart.transport?.toUpperCase(),
      rotationRpm: smart.rotationRpm,
      ...smart.health,
    }),
  ];
}

function withSmart(controller: RaidController, asked: readonly PhysicalDrive[]): RaidController {
  return {
    ...controller,
    physicalDrives: controller.physicalDrives.map((drive) => ({ ...asked.find((other) => isSame(drive, other)), ...drive })),
  };
}

/** By serial number only: drives of two controllers may have the same number. */
function isSame(a: PhysicalDrive, b: PhysicalDrive): boolean {
  return a.serial !== undefined && a.serial === b.serial;
}

function some<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
