import { runOk } from '../process/command.ts';

const TIMEOUT_MS = 10_000;
/** Family and name, as nft(8) takes them. */
export const OFFER_FENCE_TABLE = 'ip recon-offers';
/** Longer than any firmware takes from an offer to its request, and shorter than it goes on asking: PXE asks for a minute, UEFI for two. */
const HELD_SECONDS = 20;

/**
 * Keeps one address from being offered to two machines. dnsmasq 2.90 makes an address of the hardware address and does not remember what it has
 * offered, only what was taken: of 1,200 machines that ask at once, a dozen are offered the address of another one, and the slower one is refused
 * (DHCPNAK) when it takes it. Here the second offer is dropped before it leaves, and that machine asks again, as every firmware does, when the first has taken the
 * address and dnsmasq goes on to another.
 * @throws ReconError `command-failed` when there is no nft, or no nf_tables in the kernel
 */
export async function fenceOffers(): Promise<void> {
  await removeOfferFence();
  await runOk(['nft', '-f', '-'], { timeoutMs: TIMEOUT_MS, input: offerFence() });
}

/** Takes it away; no error when there is none. */
export async function removeOfferFence(): Promise<void> {
  await runOk(['nft', 'delete', 'table', ...OFFER_FENCE_TABLE.split(' ')], { timeoutMs: TIMEOUT_MS }).catch(() => {});
}

/**
 * For nft(8). Of a DHCP message (RFC 2131 2) behind its UDP header, in bits: `yiaddr` at 192, `chaddr` at 288, and the type of the message, which dnsmasq writes
 * as the first option, at 1984. ProxyDHCP offers no address.
 */
export function offerFence(): string {
  const [address, machine] = ['@th,192,32', '@th,288,48'];
  return `table ${OFFER_FENCE_TABLE} {
  set offered { typeof ${address}; flags dynamic,timeout; timeout ${HELD_SECONDS}s; size 65536; }
  set pairs { typeof ${address} . ${machine}; flags dynamic,timeout; timeout ${HELD_SECONDS}s; size 65536; }
  chain offers {
    ${address} . ${machine} @pairs update @offered { ${address} } update @pairs { ${address} . ${machine} } accept
    ${address} @offered drop
    add @offered { ${address} } add @pairs { ${address} . ${machine} }
  }
  chain out {
    type filter hook output priority 0;
    udp sport 67 @th,1984,24 0x350102 ${address} != 0 jump offers
  }
}
`;
}
