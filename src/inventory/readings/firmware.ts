import type { Capture } from '../../domain/capture.ts';
import type { FirmwareSection } from '../../domain/record/system.ts';
import type { DmiRecord } from '../smbios/dmidecode-text.ts';
import { parseEfibootmgr } from '../tools/efibootmgr-text.ts';
import { parseFacter } from '../tools/facter/facter.ts';
import { type LshwNode, parseLshw } from '../tools/lshw/tree.ts';
import { parseRedfish } from '../tools/redfish/redfish.ts';
import type { ToldFacts } from '../values/told-facts.ts';
import { dmiAndLshw, readDmi } from './dmi.ts';
import { type IpmiReading, readIpmi } from './ipmi.ts';
import type { Makers } from './lazily.ts';
import { ofThisMachine } from './told.ts';
import type { ToolOutputs } from './tool-outputs.ts';

/** What firmware and BMC tell of the machine. */
export interface FirmwareReadings {
  /** SMBIOS structures, from dmidecode or from the table itself */
  readonly dmi: readonly DmiRecord[];
  /** the same, and of structures that are not among them what lshw took from the table */
  readonly dmiAndLshw: readonly DmiRecord[];
  /** all nodes of its tree, each before what is below it */
  readonly lshw: readonly LshwNode[];
  readonly efibootmgr: Pick<FirmwareSection, 'bootCurrent' | 'bootNext' | 'bootOrder'>;
  readonly ipmi: IpmiReading;
  /** what a BMC says over Redfish, and facter, of this machine */
  readonly told: readonly ToldFacts[];
}

/** @param files the copied files, for the binary table and for whether the kernel has its own copy of the strings */
export function firmwareReadings({ ids, bytes, bytesOfEach, text }: ToolOutputs, files: Capture): Makers<FirmwareReadings> {
  return {
    dmi: () => readDmi(files),
    dmiAndLshw: ({ dmi, lshw }) => dmiAndLshw(dmi, lshw, files),
    lshw: () => parseLshw(bytes('lshw')),
    efibootmgr: () => parseEfibootmgr(text('efibootmgr')),
    ipmi: () => readIpmi(ids, text),
    told: ({ dmi }) => ofThisMachine([parseRedfish(bytesOfEach('redfish')), ...bytesOfEach('facter').map(parseFacter)], dmi),
  };
}
