import type { LabBmc } from '../plan/lab-hardware.ts';

const FORMAT_VERSION = 1;
const AREA_UNIT_BYTES = 8;
const ENGLISH = 25;
const NO_MORE_FIELDS = 0xc1;
/** SMBIOS type 3: rack mount */
const RACK_MOUNT = 0x17;

/**
 * The content of a FRU device with chassis, board and product area, as the BMC holds it. IPMI Platform Management FRU Information
 * Storage Definition 1.0: common header in section 8, the areas in sections 10 to 12.
 * @throws RangeError for a text that a field cannot hold
 */
export function fruImage(fru: LabBmc['fru']): Uint8Array {
  const areas = [
    area([RACK_MOUNT], [fru.chassisPartNumber, fru.chassisSerial]),
    // three zero bytes: the date of manufacture is not known
    area([ENGLISH, 0, 0, 0], [fru.boardManufacturer, fru.boardProduct, fru.boardSerial, fru.boardPartNumber, '']),
    area([ENGLISH], [fru.productManufacturer, fru.productName, fru.productPartNumber, '', fru.productSerial, fru.productAssetTag, '']),
  ];
  const offsets = areas.map((_, index) => 1 + areas.slice(0, index).reduce((sum, one) => sum + one.length / AREA_UNIT_BYTES, 0));
  return Buffer.concat([withChecksum(Buffer.from([FORMAT_VERSION, 0, ...offsets, 0, 0])), ...areas]);
}

/** Version, length in units of 8 bytes, what is fixed, the texts, padding, checksum. */
function area(fixed: readonly number[], texts: readonly string[]): Buffer {
  const body = Buffer.concat([Buffer.from(fixed), ...texts.map(field), Buffer.from([NO_MORE_FIELDS])]);
  const units = Math.ceil((body.length + 3) / AREA_UNIT_BYTES);
  const bytes = Buffer.alloc(units * AREA_UNIT_BYTES - 1);
  bytes.set([FORMAT_VERSION, units]);
  bytes.set(body, 2);
  return withChecksum(bytes);
}

/** 8-bit ASCII with its length; one character alone would read as the end of the fields (section 13). */
function field(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length === 1 || bytes.length > 63) throw new RangeError(`a FRU field cannot hold ${JSON.stringify(text)}`);
  return Buffer.from([0xc0 | bytes.length, ...bytes]);
}

/** All bytes together are zero modulo 256. */
function withChecksum(bytes: Buffer): Buffer {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return Buffer.from([...bytes, (256 - (sum % 256)) % 256]);
}
