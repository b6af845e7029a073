import { isSampleNumber } from '../../domain/values/sample-number.ts';

/** `5000C500A1B2C3D4` of a drive as `0x5000c500a1b2c3d4`; undefined of zeros and of any other text. */
export function wwnOfDigits(digits: string | undefined): string | undefined {
  return digits !== undefined && /^[0-9a-f]{16}$/i.test(digits) && !/^0+$/.test(digits) ? `0x${digits.toLowerCase()}` : undefined;
}

/** A World Wide Name as it is, or undefined of one whose digits, or whose maker's part in decimal as smartctl has it, are a sample. */
export function ownWwn(wwn: string | undefined): string | undefined {
  const digits = /^(?:0x|eui\.)([0-9a-f]+)$/.exec(wwn ?? '')?.[1];
  if (digits === undefined) return wwn;
  const isNaa = /^0x[56]/.test(wwn ?? '');
  const own = isNaa ? digits.slice(7, 16) : digits.slice(6);
  const isSample = isSampleNumber(digits) || (isNaa && isSampleNumber(String(Number.parseInt(own, 16))));
  return isSample ? undefined : wwn;
}
