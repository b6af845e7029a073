import type { Transceiver } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../../domain/values/text.ts';
import { drivenTemperature } from '../../values/driven-temperature.ts';
import { nonEmpty } from '../../values/non-empty.ts';

/** The transceiver or cable in a port from `ethtool -m`. Undefined when the text names neither kind nor vendor. */
export function parseEthtoolModule(text: string): Transceiver | undefined {
  const rows = text.split('\n').flatMap((line): [string, string][] => {
    const [, key, value] = /^\s*(.*?\S)\s*:\s+(\S.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  const first = (...keys: string[]): string | undefined =>
    meaningful(keys.map((wanted) => rows.find(([key]) => key === wanted)?.[1]).find((value) => value !== undefined));
  const types = [...new Set(rows.filter(([key]) => key === 'Transceiver type').flatMap(([, value]) => cleanValue(value) ?? []))];
  const kind = inParentheses(first('Identifier'));
  const vendor = first('Vendor name');
  if (kind === undefined && vendor === undefined) return undefined;
  const meters = wholeNumber(
    /^(\d+)m$/.exec(first('Length (Copper)', 'Length (Copper or Active cable)', 'Length (Copper or Active Cable)') ?? '')?.[1],
  );
  const nanometers = Number(/^(\d+(?:\.\d+)?)nm$/.exec(first('Laser wavelength', 'Nominal wavelength') ?? '')?.[1]);
  const celsius = Number(/^(-?\d+(?:\.\d+)?) degrees C/.exec(first('Module temperature') ?? '')?.[1]);
  return definedOnly<Transceiver>({
    kind,
    vendor,
    partNumber: first('Vendor PN'),
    serial: meaningfulIdentity(first('Vendor SN')),
    revision: first('Vendor rev', 'Vendor Rev'),
    connector: inParentheses(first('Connector')),
    types: nonEmpty(types),
    // zero says that the kind of cable is another one
    lengthMeters: meters === 0 ? undefined : meters,
    wavelengthNanometers: nanometers > 0 ? nanometers : undefined,
    temperatureCelsius: drivenTemperature(celsius),
  });
}

/** `0x11 (QSFP28)`. */
function inParentheses(value: string | undefined): string | undefined {
  return meaningful(/^0x[0-9a-f]{2}\s*\((.*)\)$/i.exec(value ?? '')?.[1]);
}
