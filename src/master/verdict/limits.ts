const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * How long a machine may stay at a stage before it counts as stuck, in milliseconds. Each is longer than what a sound machine was seen to
 * need, so that nobody is sent to a rack in vain.
 */
export const STAGE_LIMITS_MS = {
  /** dnsmasq answers at once, or never */
  discover: 30 * SECOND_MS,
  /** a PXE ROM asks 4 times, 4, 8, 16 and 32 s apart (PXE 2.1, section 2.4.1), and takes the first good offer */
  offer: MINUTE_MS,
  request: MINUTE_MS,
  /** the ROM fetches its loader at once; TFTP repeats within seconds */
  ack: MINUTE_MS,
  /** a card that is reset sits behind a port that forwards nothing for up to 50 s (IEEE 802.1D: twice 15 s, and 20 s of ageing); then DHCP */
  loader: 2 * MINUTE_MS,
  /** iPXE asks for its files in the same second */
  script: MINUTE_MS,
  /** our download in the initrd gives up on a stalled connection after 30 s and tries again after 3 s, 15 s for a new connection */
  transfer: MINUTE_MS,
  /** unpacking, probing hundreds of disks, and the link of a card that starts anew (again up to 50 s) */
  kernelStart: 4 * MINUTE_MS,
  /** checking the root image, systemd, udev */
  liveStart: 4 * MINUTE_MS,
  /** from the start of the peer program to its first word about a tool: it fetches post.tgz before */
  agent: 2 * MINUTE_MS,
  /** on top of the time that the whole inventory may take */
  collectSlack: 30 * SECOND_MS,
  /** the longest pause between two tries of a peer is 60 s */
  upload: 3 * MINUTE_MS,
} as const;

/** The whole inventory of one machine, when the settings say nothing, in milliseconds. */
export const CAPTURE_MS = 180 * SECOND_MS;

/** So many boot scripts without a record are a machine that boots again and again. */
export const MOST_SCRIPTS = 3;

/** A lease that comes so long after the link means that the switch held the port back, in seconds: spanning tree waits twice 15. */
export const SLOW_LEASE_SECONDS = 20;

/** So many wrong hashes in one boot are no accident. */
export const MOST_WRONG_HASHES = 1;
