import { cleanValue, wholeNumber } from '../../domain/values/text.ts';
import { product } from '../values/tool-size.ts';
import { wwnOfDigits } from '../values/wwn.ts';

/** What an ATA disk says of itself. */
export interface HdparmInfo {
  model: string | undefined;
  serial: string | undefined;
  firmware: string | undefined;
  wwn: string | undefined;
  sizeBytes: number | undefined;
  logicalBlockBytes: number | undefined;
  physicalBlockBytes: number | undefined;
  rotationRpm: number | undefined;
  transport: string | undefined;
}

/** `hdparm -I` or `hdparm -i` of one disk. Undefined when the text names no model. */
export function parseHdparm(text: string): HdparmInfo | undefined {
  const long = (label: string): string | undefined => cleanValue(new RegExp(`^\\s*${label}:[ \\t]+(\\S.*)$`, 'mi').exec(text)?.[1]);
  const short = (key: string): string | undefined => cleanValue(new RegExp(`\\b${key}=([^,\\n]*)`).exec(text)?.[1]);
  const model = long('Model Number') ?? short('Model');
  if (model === undefined) return undefined;
  const logicalBlockBytes = bytes(long('Logical +Sector size') ?? long('Logical/Physical Sector size'));
  const sectors = wholeNumber(long('LBA48 +user addressable sectors') ?? long('LBA +user addressable sectors'));
  return {
    model,
    serial: long('Serial Number') ?? short('SerialNo'),
    firmware: long('Firmware Revision') ?? short('FwRev'),
    wwn: wwnOfDigits(long('Logical Unit WWN Device Identifier')),
    sizeBytes: product(sectors, logicalBlockBytes),
    logicalBlockBytes,
    physicalBlockBytes: bytes(long('Physical Sector size') ?? long('Logical/Physical Sector size')),
    rotationRpm: wholeNumber(long('Nominal Media Rotation Rate')),
    transport: /^Serial\b/.test(long('Transport') ?? '') ? 'sata' : undefined,
  };
}

function bytes(size: string | undefined): number | undefined {
  return wholeNumber(/^(\d+) bytes$/.exec(size ?? '')?.[1]);
}
