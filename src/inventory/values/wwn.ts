/** `5000C500A1B2C3D4` of a drive as `0x5000c500a1b2c3d4`; undefined of zeros and of any other text. */
export function wwnOfDigits(digits: string | undefined): string | undefined {
  return digits !== undefined && /^[0-9a-f]{16}$/i.test(digits) && !/^0+$/.test(digits) ? `0x${digits.toLowerCase()}` : undefined;
}
