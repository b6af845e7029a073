/** Whether a text is the address of a PCI function, with its domain: `0000:00:1f.2`, `10000:01:00.0`. */
export function isPciAddress(text: string): boolean {
  return /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(text);
}

/**
 * The address as the kernel writes it, in small letters and with four digits of domain where drivers write eight; undefined of any
 * other text.
 */
export function pciAddress(raw: string | undefined): string | undefined {
  const text = raw?.trim().toLowerCase() ?? '';
  return isPciAddress(text) ? text.replace(/^0{4}(?=.{4}:)/, '') : undefined;
}
