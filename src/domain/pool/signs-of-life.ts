/** A node that says nothing for so long is gone, in milliseconds: three signs of life, each 60 s with a fifth more or less. */
export const GONE_AFTER_MS = 3 * 72_000;

/** A link that takes longer to come up, in seconds, waits for the switch: spanning tree lets a port forward after 30 s (IEEE 802.1D). */
export const SLOW_LINK_SECONDS = 20;
