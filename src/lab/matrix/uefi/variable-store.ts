import { ReconError } from '../../../domain/errors.ts';

/** A variable of the firmware. */
export interface UefiVariable {
  name: string;
  /** of the vendor who gave the name, in small letters */
  guid: string;
  attributes: number;
  data: Buffer;
}

// EDK II, MdeModulePkg/Include/Guid/VariableFormat.h and MdePkg/Include/Pi/PiFirmwareVolume.h
const VOLUME_SIGNATURE = 0x4856465f;
const AUTHENTICATED_STORE = 'aaf32c78-947b-439a-a180-2e144ec37792';
const STORE_HEADER_BYTES = 28;
const START_ID = 0x55aa;
const VARIABLE_HEADER_BYTES = 60;
/** Added; the second is still in use, because its successor has not been written to the end. */
const LIVE_STATES = [0x3f, 0x3e];
const ALIGNMENT = 4;

/**
 * The variables in a file of OVMF's flash, by `name-guid` as efivarfs writes it.
 * @throws ReconError `lab-failed` when it is no store of authenticated variables
 */
export function parseVariableStore(flash: Buffer): Map<string, UefiVariable> {
  if (flash.length < 56 || flash.readUInt32LE(40) !== VOLUME_SIGNATURE) throw noStore('there is no firmware volume');
  const storeAt = flash.readUInt16LE(48);
  if (guidText(flash, storeAt) !== AUTHENTICATED_STORE) throw noStore('it has no store of authenticated variables');
  const storeEnd = storeAt + flash.readUInt32LE(storeAt + 16);
  const variables = new Map<string, UefiVariable>();
  let at = storeAt + STORE_HEADER_BYTES;
  while (at + VARIABLE_HEADER_BYTES <= storeEnd && flash.readUInt16LE(at) === START_ID) {
    const nameBytes = flash.readUInt32LE(at + 36);
    const dataBytes = flash.readUInt32LE(at + 40);
    const nameAt = at + VARIABLE_HEADER_BYTES;
    const dataAt = nameAt + nameBytes;
    if (dataAt + dataBytes > storeEnd) throw noStore(`the variable at byte ${at} ends behind the store`);
    if (LIVE_STATES.includes(flash.readUInt8(at + 2))) {
      const name = flash.toString('utf16le', nameAt, dataAt).replace(/\0+$/, '');
      const guid = guidText(flash, at + 44);
      const data = Buffer.from(flash.subarray(dataAt, dataAt + dataBytes));
      variables.set(`${name}-${guid}`, { name, guid, attributes: flash.readUInt32LE(at + 4), data });
    }
    at = Math.ceil((dataAt + dataBytes) / ALIGNMENT) * ALIGNMENT;
  }
  return variables;
}

/** The first three groups are little-endian (UEFI 2.10, appendix A). */
function guidText(bytes: Buffer, at: number): string {
  const part = (from: number, to: number): string => bytes.toString('hex', at + from, at + to);
  const swapped = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(at + from, at + to))
      .reverse()
      .toString('hex');
  return [swapped(0, 4), swapped(4, 6), swapped(6, 8), part(8, 10), part(10, 16)].join('-');
}

function noStore(why: string): ReconError {
  return new ReconError('lab-failed', `the UEFI variables cannot be read: ${why}`);
}
