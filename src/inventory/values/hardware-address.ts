/**
 * A link-layer address of any length (InfiniBand has 20 bytes) in small letters. Undefined of zeros, which stand for none, and of another
 * text: IP tunnels have an IP address in that place.
 */
export function hardwareAddress(raw: string | undefined): string | undefined {
  const text = raw?.toLowerCase() ?? '';
  return /^[0-9a-f]{2}(:[0-9a-f]{2})+$/.test(text) && !/^[0:]+$/.test(text) ? text : undefined;
}
