import type { PhysicalDrive, RaidController } from '../record/raid.ts';
import type { StorageSection } from '../record/storage.ts';
import { definedOnly } from '../values/defined-only.ts';
import { knownWords } from '../values/known-words.ts';
import { busOf, doesTurn, driveKind } from './drive-kind.ts';
import { bothSayOf, type MachineDrive } from './machine-drive.ts';
import { printedBytes } from './printed-size.ts';
import { joinSameDrives } from './same-drive.ts';

/** Drives that RAID controllers list, then those that smartctl reaches through one and no list has; each once, whoever shows it. */
export function drivesBehind(storage: Pick<StorageSection, 'controllers' | 'hiddenDrives'> | undefined): MachineDrive[] {
  const controllers = storage?.controllers ?? [];
  const hidden = (storage?.hiddenDrives ?? []).map((drive) => hiddenDrive(drive, drive.smartctlType ?? 'a controller'));
  // two controllers may have cables to one shelf
  const listed = controllers.reduce<MachineDrive[]>((known, controller) => seenTwice(known, listedDrives(controller)), []);
  return withHidden(
    listed,
    hidden.reduce<MachineDrive[]>((known, drive) => seenTwice(known, [drive]), []),
    controllers,
  );
}

/** Where a drive sits behind its controller: enclosure and slot, or its number, as `252:4`; empty when the tool does not say. */
export function drivePlace({ enclosure, slot, deviceId }: Pick<PhysicalDrive, 'enclosure' | 'slot' | 'deviceId'>): string {
  return knownWords([enclosure, slot ?? deviceId], ':');
}

function seenTwice(known: readonly MachineDrive[], others: readonly MachineDrive[]): MachineDrive[] {
  const { joined, rest } = joinSameDrives(known, others, bothSayOf);
  return [...joined, ...rest];
}

/**
 * A list without serial numbers, as `storcli show` and `ssacli show config` without `detail` print it, and smartctl speak of the same drives: one of the list
 * gives way to each that smartctl reached, by its number or, where the tool has no such numbers, any of that kind of controller.
 */
function withHidden(
  listed: readonly MachineDrive[],
  hidden: readonly MachineDrive[],
  controllers: readonly RaidController[],
): MachineDrive[] {
  const { joined, rest } = joinSameDrives(listed, hidden, bothSayOf);
  const left = [...joined];
  for (const drive of rest) {
    const family = FAMILIES.find(({ type }) => type.test(drive.behind ?? ''));
    const ofFamily = controllers.filter(({ tool }) => family?.tools.includes(tool) === true).map(({ id }) => id);
    const at = left.findIndex(
      (other) =>
        other.serial === undefined &&
        ofFamily.includes(other.controller ?? '') &&
        (family?.hasNumbers !== true || (ofFamily.length === 1 && other['deviceId'] === drive['deviceId'])),
    );
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (other === undefined) left.push(drive);
    else if (family?.hasNumbers === true) left.push(bothSayOf(other, drive));
    else left.push({ ...drive, ...definedOnly({ behind: other.behind, controller: other.controller }) });
  }
  return left;
}

const FAMILIES = [
  { type: /\bmegaraid,/, tools: ['storcli', 'perccli', 'megacli'], hasNumbers: true },
  { type: /\bcciss,/, tools: ['ssacli'], hasNumbers: false },
];

function listedDrives({ id, tool, model, physicalDrives }: RaidController): MachineDrive[] {
  return physicalDrives.map((drive) => ({ ...hiddenDrive(drive, model ?? `controller ${id}`, tool), controller: id }));
}

/** A drive in the form of a disk: its name is its place. */
function hiddenDrive(drive: PhysicalDrive, behind: string, tool = ''): MachineDrive {
  const { enclosure: _enclosure, slot, medium: _medium, sizeText, interface: _link, ...known } = drive;
  return {
    ...known,
    ...{ name: drivePlace(drive) || 'drive', behind, kind: driveKind(drive) },
    ...definedOnly({ sizeBytes: drive.sizeBytes ?? printedBytes(sizeText, tool, 'drive') }),
    ...definedOnly({ transport: busOf(drive), rotational: doesTurn(drive), enclosureSlot: slot }),
  };
}
