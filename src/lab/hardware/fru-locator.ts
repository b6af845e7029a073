/** The FRU of a machine is the BMC's device 1: ipmitool never reads device 0 of QEMU's BMC, which does not announce to have one. */
export const FRU_DEVICE = 1;

const BMC_ADDRESS = 0x20;
const FRU_LOCATOR_RECORD = 0x11;
const LOGICAL_DEVICE = 0x80;
/** IPMI 2.0, table 43-12: FRU inventory device behind the controller */
const FRU_INVENTORY_DEVICE = 0x10;
/** IPMI 2.0, table 43-13 */
const SYSTEM_BOARD = 7;

/**
 * The sensor data record that says where the FRU of a name is: {@link FRU_DEVICE} of the BMC itself. ipmitool lists the FRUs that have such a record.
 * IPMI 2.0, section 43.8.
 * @throws RangeError for a name that is longer than 16 characters
 */
export function fruLocator(name: string): Uint8Array {
  const bytes = Buffer.from(name, 'latin1');
  if (bytes.length < 2 || bytes.length > 16) throw new RangeError(`a FRU cannot be named ${JSON.stringify(name)}`);
  const body = [
    ...[BMC_ADDRESS, FRU_DEVICE, LOGICAL_DEVICE, 0, 0, FRU_INVENTORY_DEVICE, 0, SYSTEM_BOARD, 1, 0],
    ...[0xc0 | bytes.length, ...bytes],
  ];
  // record 1, of SDR version 1.5 and later
  return Buffer.from([1, 0, 0x51, FRU_LOCATOR_RECORD, body.length, ...body]);
}
