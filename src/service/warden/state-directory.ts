/** Of the master, in RAM; made by its unit, and survives a restart of it. */
export const STATE_DIRECTORY = '/run/recon/master';
