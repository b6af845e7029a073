import type { Capture } from '../../../domain/capture.ts';
import type { Disk } from '../../../domain/record/storage.ts';
import { isDiskName } from '../../../domain/values/block-device.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { type HdparmInfo, parseHdparm } from '../../tools/hdparm-text.ts';
import { type LsblkDevice, parseLsblk } from '../../tools/lsblk-json.ts';
import { lshwDisks, withLshw } from '../../tools/lshw/disks.ts';
import { parseMultipath } from '../../tools/multipath-text.ts';
import { type NvmeInfo, readNvme } from '../../tools/nvme-json.ts';
import { type ListedNamespace, parseNvmeList } from '../../tools/nvme-list-json.ts';
import { parseSmartctl, type SmartHealth } from '../../tools/smartctl-json.ts';
import { noData, ok, type SectionResult } from '../../values/section.ts';
import { readBlockSysfs } from './block-sysfs.ts';
import { enclosureSlots } from './disk-enclosure.ts';
import { foldPaths } from './disk-paths.ts';
import { byPathNames, diskPlace, hctlOf, sasAddressOf, transportOf } from './disk-place.ts';
import { readNvmeNamespace } from './nvme-namespace.ts';

/**
 * Disks from lsblk and /sys/block (either is enough), with what smartctl, nvme and hdparm add; where neither has any, as lshw lists
 * them. In the order of their names.
 */
export function normaliseDisks(capture: Capture): SectionResult<Disk[]> {
  const lsblk = parseLsblk(capture.output('lsblk'));
  const listed = parseNvmeList(capture.output('nvme-list'));
  const fromLsblk = [...lsblk.values()]
    .filter((device) => device.type === undefined || device.type === 'disk')
    .map((device) => device.name);
  const found = [...fromLsblk, ...capture.list('sys/block'), ...listed.keys(), ...askedByName(capture)];
  const names = [...new Set(found)].filter((name) => isDiskName(name) && diskPlace(capture, name)?.isVirtual !== true);
  if (names.length === 0 && lsblk.size === 0 && capture.list('sys/block').length === 0) {
    const fromLshw = lshwDisks(capture);
    if (fromLshw.length > 0)
      return ok(
        foldPaths(
          fromLshw.sort((a, b) => byName(a.name, b.name)),
          multipathNames(capture, lsblk),
        ),
      );
    const isDiskless =
      capture.index.commands.some((command) => command.id === 'lsblk' && command.status === 'ok') && capture.list('sys').length > 0;
    return isDiskless ? ok([]) : noData(capture, ['lsblk']);
  }
  const slots = enclosureSlots(capture);
  const byPath = byPathNames(capture);
  const disks = names.sort(byName).map((name) => {
    const disk = readDisk(capture, name, lsblk.get(name), listed.get(name));
    const place = slots.byHctl.get(disk.hctl ?? '') ?? slots.bySas.get(sasAddressOf(capture, name) ?? '');
    const link = byPath.get(name);
    return {
      ...disk,
      ...definedOnly({ byPath: link }),
      ...(place === undefined ? {} : { enclosure: place.enclosure, enclosureSlot: place.slot }),
    };
  });
  return ok(foldPaths(withLshw(disks, lshwDisks(capture)), multipathNames(capture, lsblk)));
}

/** The map of each path: as lsblk draws it, else as `multipath -ll` prints it. */
function multipathNames(capture: Capture, lsblk: ReadonlyMap<string, LsblkDevice>): Map<string, string> {
  const names = parseMultipath(wholeLines(decodeText(capture.output('multipath'))));
  for (const { name, multipathName } of lsblk.values()) if (multipathName !== undefined) names.set(name, multipathName);
  return names;
}

/** For captures made by hand that hold nothing but what smartctl or hdparm printed. */
function askedByName(capture: Capture): string[] {
  return capture.index.commands.flatMap(({ id }) => {
    const name = /^smartctl-([hs]d[a-z]+|nvme\d+n\d+)$/.exec(id)?.[1];
    if (name !== undefined) return parseSmartctl(capture.output(id))?.model === undefined ? [] : [name];
    const ata = /^hdparm-([hs]d[a-z]+)$/.exec(id)?.[1];
    return ata === undefined || hdparmOf(capture, ata) === undefined ? [] : [ata];
  });
}

function hdparmOf(capture: Capture, name: string): HdparmInfo | undefined {
  return parseHdparm(wholeLines(decodeText(capture.output(`hdparm-${name}`))));
}

function readDisk(capture: Capture, name: string, lsblk: LsblkDevice | undefined, listed: ListedNamespace | undefined): Disk {
  const sysfs = readBlockSysfs(capture, name);
  const smart = parseSmartctl(capture.output(`smartctl-${name}`) ?? smartOfController(capture, name));
  const ata = hdparmOf(capture, name);
  const nvme = nvmeOf(capture, name);
  const place = diskPlace(capture, name);
  const model = meaningful(longest(smart?.model ?? ata?.model ?? nvme?.model ?? listed?.model, sysfs.model, lsblk?.model));
  const sizeBytes = sysfs.sizeBytes ?? lsblk?.sizeBytes ?? smart?.sizeBytes ?? listed?.sizeBytes ?? ata?.sizeBytes;
  const signatures = lsblk?.signatures ?? [];
  return definedOnly<Disk>({
    name,
    sizeBytes,
    mediumPresent: sizeBytes === 0 ? false : undefined,
    model,
    vendor: vendorName(smart?.vendor ?? sysfs.vendor ?? lsblk?.vendor),
    serial: meaningfulIdentity(
      smart?.serial ?? ata?.serial ?? sysfs.serial ?? nvme?.serial ?? listed?.serial ?? bareSerial(lsblk?.serial, lsblk?.model),
    ),
    wwn: wwn(lsblk?.wwn) ?? smart?.wwn ?? ata?.wwn ?? wwn(sysfs.wwn),
    firmware: meaningful(smart?.firmware ?? ata?.firmware ?? nvme?.firmware ?? listed?.firmware ?? sysfs.firmware ?? lsblk?.revision),
    rotational: sysfs.rotational ?? lsblk?.rotational,
    rotationRpm: smart?.rotationRpm ?? ata?.rotationRpm,
    formFactor: smart?.formFactor,
    removable: sysfs.removable ?? lsblk?.removable,
    readOnly: sysfs.readOnly ?? lsblk?.readOnly,
    transport: lsblk?.transport ?? transportOf(name, lsblk, place?.bus) ?? smart?.transport ?? ata?.transport,
    hctl: lsblk?.hctl ?? hctlOf(capture, name),
    pciAddress: place?.pciAddress,
    logicalBlockBytes:
      sysfs.logicalBlockBytes ?? lsblk?.logicalBlockBytes ?? smart?.logicalBlockBytes ?? listed?.blockBytes ?? ata?.logicalBlockBytes,
    physicalBlockBytes: sysfs.physicalBlockBytes ?? lsblk?.physicalBlockBytes ?? smart?.physicalBlockBytes ?? ata?.physicalBlockBytes,
    ...healthFrom(smart?.health, nvme),
    nvme: readNvmeNamespace(capture, name, { listed, controller: nvme }),
    signatures: signatures.length > 0 ? signatures : undefined,
  });
}

/** smartctl may have been asked for the controller (`/dev/nvme0`), which has one drive behind it. */
function smartOfController(capture: Capture, name: string): Buffer | undefined {
  const controller = /^(nvme\d+)n1$/.exec(name)?.[1];
  return controller === undefined ? undefined : capture.output(`smartctl-${controller}`);
}

function healthFrom(smart: SmartHealth | undefined, nvme: NvmeInfo | undefined): { [K in keyof SmartHealth]: SmartHealth[K] } {
  return {
    smartPassed: smart?.smartPassed ?? nvme?.smartPassed,
    temperatureCelsius: smart?.temperatureCelsius ?? nvme?.temperatureCelsius,
    powerOnHours: smart?.powerOnHours ?? nvme?.powerOnHours,
    powerCycles: smart?.powerCycles ?? nvme?.powerCycles,
    wearPercent: smart?.wearPercent ?? nvme?.wearPercent,
    availableSparePercent: smart?.availableSparePercent ?? nvme?.availableSparePercent,
    grownDefects: smart?.grownDefects,
    reallocatedSectors: smart?.reallocatedSectors,
    pendingSectors: smart?.pendingSectors,
    mediaErrors: smart?.mediaErrors ?? nvme?.mediaErrors,
    writtenBytes: smart?.writtenBytes ?? nvme?.writtenBytes,
  };
}

/** nvme0n1 → controller nvme0. */
function nvmeOf(capture: Capture, name: string): NvmeInfo | undefined {
  const controller = /^(nvme\d+)n\d+$/.exec(name)?.[1];
  if (controller === undefined) return undefined;
  return readNvme(capture.output(`nvme-id-ctrl-${controller}`), capture.output(`nvme-smart-log-${controller}`));
}

/** INQUIRY holds 16 characters of a model (SPC-5), so the other sources may hold a cut one; of unrelated texts the first wins. */
function longest(...models: (string | undefined)[]): string | undefined {
  const [first, ...others] = models.filter((model) => model !== undefined);
  return first === undefined ? undefined : others.reduce((best, other) => (other.startsWith(best) ? other : best), first);
}

/** udev's ID_SERIAL, which lsblk falls back to, is `<model>_<serial>` with blanks turned into underscores. */
function bareSerial(serial: string | undefined, model: string | undefined): string | undefined {
  const prefix = model === undefined ? undefined : `${model.replaceAll(' ', '_')}_`;
  return prefix !== undefined && serial?.startsWith(prefix) ? serial.slice(prefix.length) : serial;
}

/** `ATA` is the name of the command set, and virtio has the number of a PCI vendor there. */
function vendorName(raw: string | undefined): string | undefined {
  const vendor = meaningful(raw?.replace(/,$/, ''));
  return vendor === 'ATA' || /^0x[0-9a-f]{4}$/i.test(vendor ?? '') ? undefined : vendor;
}

/** The kernel writes `naa.5000…`, udev and smartctl `0x5000…`; `t10.…` only repeats model and serial. */
function wwn(raw: string | undefined): string | undefined {
  const text = raw
    ?.trim()
    .toLowerCase()
    .replace(/^naa\./, '0x');
  return text === undefined || /^t10\./.test(text) ? undefined : meaningful(text);
}

/** sda … sdz before sdaa, nvme2n1 before nvme10n1. */
function byName(a: string, b: string): number {
  const prefix = (name: string): string => /^[hsv]d|^xvd/.exec(name)?.[0] ?? name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
  const left = prefix(a);
  const right = prefix(b);
  if (left !== right) return left < right ? -1 : 1;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
