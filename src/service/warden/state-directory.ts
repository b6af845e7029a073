import { join } from 'node:path';

/** Of the master, in RAM; made by its unit, and survives a restart of it. */
export const STATE_DIRECTORY = '/run/recon/master';

/** Hardware address of the port by which the master asks to become a peer: `become-peer` itself carries nothing. */
export const JOIN_PORT_FILE = join(STATE_DIRECTORY, 'join-port');
