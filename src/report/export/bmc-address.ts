/** An IPv4 address that a BMC can be reached at; undefined for none, 0.0.0.0 and what is no unicast address. */
export function bmcAddress(text: string | undefined): string | undefined {
  const octets =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
      .exec(text ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const [first = 0] = octets;
  const isUnicast = octets.length === 4 && octets.every((octet) => octet <= 255) && first > 0 && first !== 127 && first < 224;
  return isUnicast ? octets.join('.') : undefined;
}
