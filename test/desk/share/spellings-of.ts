/** Every way to write an address that we know of, each by itself. */
export function spellingsOf(mac: string): string[] {
  const octets = mac.split(':');
  const bare = octets.join('');
  const short = octets.map((octet) => octet.replace(/^0/, ''));
  const flipped = [(Number.parseInt(octets[0] ?? '', 16) ^ 2).toString(16).padStart(2, '0'), ...octets.slice(1)];
  const eui = [...flipped.slice(0, 3), 'ff', 'fe', ...flipped.slice(3)];
  const groups = [0, 2, 4, 6].map((at) => `${eui[at]}${eui[at + 1]}`);
  const plainGroups = groups.map((group) => group.replace(/^0{1,3}/, ''));
  return [
    ...[':', '-', '.', ' ', '_', '%3A'].map((separator) => octets.join(separator)),
    ...[bare, bare.toUpperCase(), mac.toUpperCase(), `enx${bare}`, `/dev/net/wlx${bare}/x`, `pci-0000:00:14.0-usb-0:3-${octets.join('-')}`],
    ...[
      bare.replace(/(.{4})(?=.)/g, '$1.'),
      bare.replace(/(.{4})(?=.)/g, '$1-'),
      bare.replace(/(.{6})(?=.)/, '$1-'),
      `01-${octets.join('-')}`,
    ],
    ...[short.join(':'), short.join('-'), octets.toReversed().join(':'), octets.toReversed().join(''), [...bare].toReversed().join('')],
    ...[
      `fe80::${groups.join(':')}`,
      `fe80::${plainGroups.join(':')}`,
      `fd00:1:2:3:${plainGroups.join(':')}/64`,
      eui.join(':'),
      eui.join('-'),
      eui.join(''),
    ],
    // InfiniBand's port GUID, and the name service's order
    ...[
      `${bare.slice(0, 6)}0300${bare.slice(6)}`,
      `${bare.slice(0, 6)}fffe${bare.slice(6)}`,
      `${[...eui.join('')].toReversed().join('.')}.ip6.arpa`,
    ],
  ];
}
