import { isDiskName } from '../domain/block-device.ts';
import type { Capture } from '../domain/capture.ts';
import type { Disk } from '../domain/node-record.ts';
import { readBlockSysfs } from './block-sysfs.ts';
import { parseDevicePath } from './device-path.ts';
import { type LsblkDevice, parseLsblk } from './lsblk-json.ts';
import { type NvmeInfo, readNvme } from './nvme-json.ts';
import { meaningful, meaningfulIdentity } from './placeholder.ts';
import { noData, ok, present, type SectionResult } from './section.ts';
import { parseSmartctl } from './smartctl-json.ts';

/** Disks from lsblk and /sys/block (either is enough), with what smartctl and nvme add. In the order of their names. */
export function normaliseDisks(capture: Capture): SectionResult<Disk[]> {
  const lsblk = parseLsblk(capture.output('lsblk'));
  const fromLsblk = [...lsblk.values()]
    .filter((device) => device.type === undefined || device.type === 'disk')
    .map((device) => device.name);
  const names = [...new Set([...fromLsblk, ...capture.list('sys/block')])].filter((name) => isDiskName(name) && !isVirtual(capture, name));
  if (lsblk.size === 0 && capture.list('sys/block').length === 0) {
    const isDiskless =
      capture.index.commands.some((command) => command.id === 'lsblk' && command.status === 'ok') && capture.list('sys').length > 0;
    return isDiskless ? ok([]) : noData(capture, ['lsblk']);
  }
  return ok(names.sort(byName).map((name) => readDisk(capture, name, lsblk.get(name))));
}

function readDisk(capture: Capture, name: string, lsblk: LsblkDevice | undefined): Disk {
  const sysfs = readBlockSysfs(capture, name);
  const smart = parseSmartctl(capture.output(`smartctl-${name}`));
  const nvme = nvmeOf(capture, name);
  const place = placeOf(capture, name);
  const model = meaningful(longest(smart?.model ?? nvme?.model, sysfs.model, lsblk?.model));
  const sizeBytes = sysfs.sizeBytes ?? lsblk?.sizeBytes ?? smart?.sizeBytes;
  return present<Disk>({
    name,
    sizeBytes,
    mediumPresent: sizeBytes === 0 ? false : undefined,
    model,
    vendor: vendorName(smart?.vendor ?? sysfs.vendor ?? lsblk?.vendor),
    serial: meaningfulIdentity(smart?.serial ?? sysfs.serial ?? nvme?.serial ?? bareSerial(lsblk?.serial, lsblk?.model)),
    wwn: wwn(lsblk?.wwn) ?? smart?.wwn ?? wwn(sysfs.wwn),
    firmware: meaningful(smart?.firmware ?? nvme?.firmware ?? sysfs.firmware ?? lsblk?.revision),
    rotational: sysfs.rotational ?? lsblk?.rotational,
    rotationRpm: smart?.rotationRpm,
    removable: sysfs.removable ?? lsblk?.removable,
    readOnly: sysfs.readOnly ?? lsblk?.readOnly,
    transport: lsblk?.transport ?? transportOf(name, lsblk, place?.bus),
    hctl: lsblk?.hctl,
    pciAddress: place?.pciAddress,
    logicalBlockBytes: sysfs.logicalBlockBytes ?? lsblk?.logicalBlockBytes,
    physicalBlockBytes: sysfs.physicalBlockBytes ?? lsblk?.physicalBlockBytes,
    smartPassed: smart?.passed ?? nvme?.passed,
    temperatureCelsius: smart?.temperatureCelsius ?? nvme?.temperatureCelsius,
    powerOnHours: smart?.powerOnHours ?? nvme?.powerOnHours,
  });
}

function placeOf(capture: Capture, name: string): ReturnType<typeof parseDevicePath> | undefined {
  const path = capture.index.links?.[`sys/block/${name}`];
  return path === undefined ? undefined : parseDevicePath(path);
}

function isVirtual(capture: Capture, name: string): boolean {
  return placeOf(capture, name)?.isVirtual === true;
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

function transportOf(name: string, lsblk: LsblkDevice | undefined, bus: string | undefined): string | undefined {
  if (name.startsWith('nvme')) return 'nvme';
  if (bus === 'usb') return 'usb';
  return /^vd[a-z]+$/.test(name) && (bus === 'virtio' || /\bvirtio\b/.test(lsblk?.subsystems ?? '')) ? 'virtio' : undefined;
}

/** sda … sdz before sdaa, nvme2n1 before nvme10n1. */
function byName(a: string, b: string): number {
  const prefix = (name: string): string => /^[hsv]d|^xvd/.exec(name)?.[0] ?? name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
  const left = prefix(a);
  const right = prefix(b);
  if (left !== right) return left < right ? -1 : 1;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
