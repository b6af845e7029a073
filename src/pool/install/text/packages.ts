/** A Debian package that a head node needs, and a file by which it is known to be there. */
export interface HeadPackage {
  name: string;
  /** a program, or the path of a file */
  brings: string;
  /** why */
  reason: string;
  /** an install leaves it to the administrator: it opens ports of its own, and wants to be configured */
  isYours?: true;
}

const ALWAYS: readonly HeadPackage[] = [
  { name: 'dnsmasq-base', brings: 'dnsmasq', reason: 'DHCP, DNS and TFTP' },
  { name: 'ipxe', brings: '/usr/lib/ipxe/undionly.kpxe', reason: 'boot loaders' },
  { name: 'iproute2', brings: 'ip', reason: 'addresses' },
  { name: 'tcpdump', brings: 'tcpdump', reason: 'listening before serving' },
  { name: 'socat', brings: 'socat', reason: 'asking before serving' },
  { name: 'nftables', brings: 'nft', reason: 'firewall and way out' },
  { name: 'openssl', brings: 'openssl', reason: 'the certificate of the page' },
];

const GIT: HeadPackage = { name: 'git', brings: 'git', reason: "commits of the pool's folder, which is a git checkout" };
const NFS: HeadPackage = {
  ...{ name: 'nfs-kernel-server', brings: 'exportfs', reason: 'profiles persist something on this head, which has to export it' },
  isYours: true,
};

/** All packages of an installed head, here and nowhere else; what builds images is installed by the build. */
export function headPackages({ servesNfs, git }: { servesNfs: boolean; git: string | undefined }): HeadPackage[] {
  return [...ALWAYS, ...(git === undefined ? [] : [GIT]), ...(servesNfs ? [NFS] : [])];
}
