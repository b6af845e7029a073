import { HEAD_PLACES } from '../../../domain/pool/head-places.ts';

/** Where an install puts what. Everything here is its own: no file of the administrator has such a name. */
export const INSTALL_PLACES = {
  ...HEAD_PLACES,
  program: '/usr/local/lib/recon',
  link: '/usr/local/bin/recon',
  tls: { certificate: '/etc/recon/tls/certificate.pem', key: '/etc/recon/tls/key.pem' },
  service: '/etc/systemd/system/recon-head.service',
  natService: '/etc/systemd/system/recon-nat.service',
  natTable: '/etc/nftables-recon.conf',
  forwarding: '/etc/sysctl.d/60-recon-nat.conf',
  networkd: '/etc/systemd/network/05-recon.network',
  ifupdown: '/etc/network/interfaces.d/recon',
  networkManager: '/etc/NetworkManager/conf.d/recon.conf',
  /** what stood in files of the install before it wrote them anew */
  replaced: '/etc/recon/replaced',
} as const;

/** The system user of the service; dnsmasq is its child. */
export const HEAD_USER = 'recon-head';

/** The first line of each file that an install writes, and may take away. */
export const FILE_HEAD = '# Written by `recon head install`, taken away by `recon head remove`.';
