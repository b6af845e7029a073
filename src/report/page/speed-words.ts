/** `25000` as `25 Gbit/s`; `speed unknown` when the link did not say. */
export function speedWords(speedMbps: number | undefined): string {
  if (speedMbps === undefined) return 'speed unknown';
  return speedMbps >= 1000 ? `${speedMbps / 1000} Gbit/s` : `${speedMbps} Mbit/s`;
}
