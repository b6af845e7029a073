import type { Disk } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import type { Readings } from '../../readings/readings.ts';
import type { NvmeInfo } from '../../tools/nvme-json.ts';
import type { SmartHealth } from '../../tools/smartctl/health.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { devicePlace } from '../../values/device-path.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { ownWwn } from '../../values/wwn.ts';
import { readBlockSysfs } from './block-sysfs.ts';
import { hctlOf, transportByName } from './disk/place.ts';
import { readNvmeNamespace } from './nvme-namespace.ts';

/** What says something of one disk. */
export type DiskReadings = Pick<Readings, 'lsblk' | 'nvmeList' | 'smartctl' | 'hdparm' | 'nvme' | 'multipath'>;

/** One disk by its kernel name, from all that say something of it. */
export function readDisk(readings: DiskReadings, files: CopiedFiles, name: string): Disk {
  const lsblk = readings.lsblk.get(name);
  const listed = readings.nvmeList.get(name);
  const sysfs = readBlockSysfs(files, name);
  const smart = readings.smartctl(name);
  const ata = readings.hdparm(name);
  const nvme = nvmeOf(readings, name);
  const path = readings.multipath.get(name);
  const place = devicePlace(files, `sys/block/${name}`);
  const model = meaningful(longest(smart?.model ?? ata?.model ?? nvme?.model ?? listed?.model, sysfs.model, lsblk?.model, path?.model));
  const sizeBytes = sysfs.sizeBytes ?? lsblk?.sizeBytes ?? smart?.sizeBytes ?? listed?.sizeBytes ?? ata?.sizeBytes;
  return definedOnly<Disk>({
    name,
    sizeBytes,
    sizeText: sizeBytes === undefined ? path?.sizeText : undefined,
    mediumPresent: sizeBytes === 0 ? false : undefined,
    model,
    vendor: driveVendor(smart?.vendor ?? sysfs.vendor ?? lsblk?.vendor ?? path?.vendor),
    serial: meaningfulIdentity(
      smart?.serial ?? ata?.serial ?? sysfs.serial ?? nvme?.serial ?? listed?.serial ?? bareSerial(lsblk?.serial, lsblk?.model),
    ),
    wwn: ownWwn(kernelWwn(lsblk?.wwn) ?? smart?.wwn ?? ata?.wwn ?? kernelWwn(sysfs.wwn)),
    firmware: meaningful(smart?.firmware ?? ata?.firmware ?? nvme?.firmware ?? listed?.firmware ?? sysfs.firmware ?? lsblk?.revision),
    rotational: sysfs.rotational ?? lsblk?.rotational,
    rotationRpm: smart?.rotationRpm ?? ata?.rotationRpm,
    formFactor: smart?.formFactor,
    removable: sysfs.removable ?? lsblk?.removable,
    readOnly: sysfs.readOnly ?? lsblk?.readOnly,
    transport: lsblk?.transport ?? transportByName(name, lsblk, place?.bus) ?? smart?.transport ?? ata?.transport,
    hctl: lsblk?.hctl ?? hctlOf(files, name) ?? path?.hctl,
    pciAddress: place?.pciAddress,
    logicalBlockBytes:
      sysfs.logicalBlockBytes ?? lsblk?.logicalBlockBytes ?? smart?.logicalBlockBytes ?? listed?.blockBytes ?? ata?.logicalBlockBytes,
    physicalBlockBytes: sysfs.physicalBlockBytes ?? lsblk?.physicalBlockBytes ?? smart?.physicalBlockBytes ?? ata?.physicalBlockBytes,
    ...healthFrom(smart?.health, nvme),
    nvme: readNvmeNamespace(files, name, { listed, controller: nvme }),
    signatures: nonEmpty(lsblk?.signatures ?? []),
  });
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

/** nvme0n1 → controller nvme0, which stands for itself where nobody knows its namespace. */
function nvmeOf({ nvme }: Pick<Readings, 'nvme'>, name: string): NvmeInfo | undefined {
  const controller = /^(nvme\d+)(?:n\d+)?$/.exec(name)?.[1];
  return controller === undefined ? undefined : nvme(controller);
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

/** The kernel writes `naa.5000…`, udev and smartctl `0x5000…`; `t10.…` only repeats model and serial. */
function kernelWwn(raw: string | undefined): string | undefined {
  const text = raw
    ?.trim()
    .toLowerCase()
    .replace(/^naa\./, '0x');
  return text === undefined || /^t10\./.test(text) ? undefined : meaningful(text);
}
