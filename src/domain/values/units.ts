/** The unit that the name of a field ends with, and the name without it; undefined where it is a name, a flag or a count. */
export function unitOfName(name: string): { unit: string; bare: string } | undefined {
  const found = UNITS.find(([suffix]) => name.endsWith(suffix));
  return found === undefined ? undefined : { unit: found[1], bare: name.slice(0, -found[0].length) };
}

const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ['Bytes', 'bytes'],
  ['Bits', 'bits'],
  ['Mtps', 'MT/s'],
  ['Gtps', 'GT/s'],
  ['Mbps', 'Mbit/s'],
  ['Gbps', 'Gbit/s'],
  ['Mhz', 'MHz'],
  ['Rpm', 'rpm'],
  ['Watts', 'W'],
  ['Volts', 'V'],
  ['Celsius', '°C'],
  ['Hours', 'h'],
  ['Percent', '%'],
  // 1.75 inches of height in a rack (EIA-310)
  ['RackUnits', 'U'],
  ['Seconds', 's'],
  ['Ms', 'ms'],
];
