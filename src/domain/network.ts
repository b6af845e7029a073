/** The host name of the master in DNS and in URLs. */
export const MASTER_HOST_NAME = 'bang';

/** DHCP vendor class (option 60) of our own initrd and live system, so that the master answers them and no other Linux. */
export const PEER_VENDOR_CLASS = 'recon';

/** One segment that the master serves. Addresses are dotted quads. */
export interface Segment {
  /** the master's interface, for example `eno1` */
  interface: string;
  /** the master's own address there */
  address: string;
  prefixLength: number;
  rangeFirst: string;
  rangeLast: string;
}

/**
 * The addresses of the n-th segment: 10.77.0.0/16, 10.78.0.0/16, … Room for 64,000 machines each; the master is `.0.1`.
 * @throws RangeError when there are more segments than the private 10/8 network holds here
 */
export function planSegment(interfaceName: string, index: number): Segment {
  const second = 77 + index;
  if (index < 0 || second > 254) throw new RangeError(`no address plan for segment ${index}`);
  return {
    interface: interfaceName,
    address: `10.${second}.0.1`,
    prefixLength: 16,
    rangeFirst: `10.${second}.1.0`,
    rangeLast: `10.${second}.250.255`,
  };
}
