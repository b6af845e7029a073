import { BlockList, isIP } from 'node:net';

/** Tells whether an address lies in one of a set of subnets. */
export interface SubnetSet {
  contains(address: string): boolean;
}

/**
 * Makes a set of subnets like `10.77.0.0/16` or `fd00::/64`.
 * @throws RangeError when one of them is not written like that
 */
export function subnetSet(subnets: readonly string[]): SubnetSet {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix = '', ...more] = subnet.split('/');
    const version = isIP(address);
    const length = Number(prefix);
    if (version === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix) || length > (version === 4 ? 32 : 128)) {
      throw new RangeError(`not a subnet in the form address/length: ${subnet}`);
    }
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    contains: (address) => {
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}
