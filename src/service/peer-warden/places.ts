import { join } from 'node:path';

/** The user `recon-peer` of overlay/usr/lib/sysusers.d/recon.conf. */
export const PEER_USER_ID = 64_076;

/** Where the warden, which is root, hears a peer's life, which is not. */
export const PEER_SOCKET = '/run/recon/peer.socket';

/** Of the peer, in RAM: token, receipt, capture, and the unpacked workload. */
export const PEER_DIRECTORY = '/run/recon/peer';
export const PEER_TOKEN = join(PEER_DIRECTORY, 'token');
/** The port that leads to the master, found by who has a network. */
export const BOOT_MAC_FILE = join(PEER_DIRECTORY, 'boot-mac');
/** URL of the master that a machine from a medium has joined, found by who has a network. */
export const MASTER_URL_FILE = join(PEER_DIRECTORY, 'master-url');
export const PEER_POST = join(PEER_DIRECTORY, 'post');

/** Of a workload that runs as root; what it leaves is read by the peer. */
export const WORKLOAD_DIRECTORY = '/run/recon/workload';
export const WORKLOAD_ENVIRONMENT = '/run/recon/workload.environment';
export const WORKLOAD_UNIT = 'recon-workload.service';
export const WORKLOAD_SOCKET = '/run/recon/workload.socket';
