/** Sensors say zero, 127, 255, all ones and their like where they know nothing; no drive, battery or transceiver works at these. NaN is none, too. */
export function drivenTemperature(celsius: number | undefined): number | undefined {
  return celsius !== undefined && celsius !== 0 && celsius > -40 && celsius < 120 ? celsius : undefined;
}
