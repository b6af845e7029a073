import type { RaidController } from '../../domain/record/raid.ts';
import type { SoftwareRaid, VolumeGroup } from '../../domain/record/volumes.ts';
import { decodeText, wholeLines } from '../../domain/values/text.ts';
import { type HdparmInfo, parseHdparm } from '../tools/hdparm-text.ts';
import { type LsblkDevice, parseLsblk } from '../tools/lsblk-json.ts';
import { parseLvmReports } from '../tools/lvm/lvm.ts';
import { parseMdadmExamine } from '../tools/mdadm-text.ts';
import { parseMegacli } from '../tools/megacli/megacli.ts';
import { type MultipathPath, parseMultipath } from '../tools/multipath-text.ts';
import { type NvmeInfo, readNvme } from '../tools/nvme-json.ts';
import { type ListedNamespace, parseNvmeList } from '../tools/nvme-list-json.ts';
import { parseSgSes, type SesSlot } from '../tools/sg-ses-text.ts';
import { parseSmartctl, type SmartInfo } from '../tools/smartctl/json.ts';
import { parseSsacli } from '../tools/ssacli-text.ts';
import { parseStorcli, type StorcliAnswer } from '../tools/storcli/storcli.ts';
import { type Makers, onceEach } from './lazily.ts';
import type { ToolOutputs } from './tool-outputs.ts';

/** What the tools say of disks, of what stands behind them and of what is built from them. */
export interface StorageReadings {
  /** by kernel name, as are the next two */
  readonly lsblk: ReadonlyMap<string, LsblkDevice>;
  readonly nvmeList: ReadonlyMap<string, ListedNamespace>;
  readonly multipath: ReadonlyMap<string, MultipathPath>;
  readonly smartctl: (disk: string) => SmartInfo | undefined;
  /** of the drives that were asked through their RAID controller */
  readonly smartctlBehind: readonly SmartInfo[];
  readonly hdparm: (disk: string) => HdparmInfo | undefined;
  readonly nvme: (controller: string) => NvmeInfo;
  /** by the enclosure's SCSI address */
  readonly sgSes: (enclosure: string) => readonly SesSlot[];
  readonly storcli: StorcliAnswer;
  readonly perccli: StorcliAnswer;
  readonly megacli: readonly RaidController[];
  readonly ssacli: readonly RaidController[];
  readonly mdadm: readonly SoftwareRaid[];
  readonly lvm: readonly VolumeGroup[];
}

/** How each of them is made. */
export function storageReadings({ bytes, bytesOfEach, text }: ToolOutputs): Makers<StorageReadings> {
  return {
    lsblk: () => parseLsblk(bytes('lsblk')),
    nvmeList: () => parseNvmeList(bytes('nvme-list')),
    multipath: () => parseMultipath(text('multipath')),
    smartctl: () => smartctlReader(bytes),
    smartctlBehind: () =>
      bytesOfEach('smartctl-behind-')
        .map(parseSmartctl)
        .filter((found) => found !== undefined),
    hdparm: () => onceEach((disk) => parseHdparm(text(`hdparm-${disk}`))),
    nvme: () => onceEach((controller) => readNvme(bytes(`nvme-id-ctrl-${controller}`), bytes(`nvme-smart-log-${controller}`))),
    sgSes: () => onceEach((enclosure) => parseSgSes(text(`sg-ses-${enclosure}`))),
    storcli: () => parseStorcli(bytesOfEach('storcli'), 'storcli'),
    perccli: () => parseStorcli(bytesOfEach('perccli'), 'perccli'),
    megacli: () => parseMegacli(bytesOfEach('megacli')),
    ssacli: () => parseSsacli(text('ssacli')),
    mdadm: () =>
      parseMdadmExamine(
        bytesOfEach('mdadm-examine')
          .map((printed) => wholeLines(decodeText(printed)))
          .join(''),
      ),
    lvm: () => parseLvmReports({ pvs: bytes('lvm-pvs'), vgs: bytes('lvm-vgs'), lvs: bytes('lvm-lvs') }),
  };
}

/** smartctl may have been asked for the controller (`/dev/nvme0`), which has one drive behind it. */
function smartctlReader(bytes: ToolOutputs['bytes']): StorageReadings['smartctl'] {
  const ofOutput = onceEach((id) => parseSmartctl(bytes(id)));
  return (disk) => {
    const controller = /^(nvme\d+)n1$/.exec(disk)?.[1];
    return ofOutput(`smartctl-${disk}`) ?? (controller === undefined ? undefined : ofOutput(`smartctl-${controller}`));
  };
}
