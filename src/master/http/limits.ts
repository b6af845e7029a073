/** What the master allows, so that nobody on the wire can fill its memory, its stick or its ports. */
export interface MasterLimits {
  /** machines that are remembered at the same time, in the ledger, the tokens and the leases */
  machines: number;
  /** addresses that are leased at the same time: whoever makes up machines must not use them up */
  leases: number;
  /** HTTP connections at the same time, from everybody */
  connections: number;
  /** HTTP connections at the same time, from one address */
  connectionsPerAddress: number;
  /** uploads and progress reports at the same time, from everybody */
  uploads: number;
  /** the same, from one address; a peer has two at most */
  uploadsPerAddress: number;
  /** text of answers that is held in memory for slow readers, from everybody, in bytes */
  heldAnswerBytes: number;
  /** boot scripts that one address may ask for at once; after that `scriptsPerSecond` */
  scriptBurst: number;
  scriptsPerSecond: number;
  /** time for a request's headers, in milliseconds */
  headersTimeoutMs: number;
  /** time for a whole request, in milliseconds */
  requestTimeoutMs: number;
  /** a body may be slow for this long, in milliseconds; after that it must bring `slowestBodyBytesPerSecond` on average */
  bodyGraceMs: number;
  slowestBodyBytesPerSecond: number;
  /** ledger.jsonl grows to this size, in bytes; after that only what peers with a token say is written */
  ledgerBytes: number;
}

/**
 * Room for 20,000 machines, and more when they are invented (machines with a lease go before others): twenty times the largest storm that was planned for. 128 uploads at once keep a slow stick busy
 * and fit into the memory of a small machine; whoever comes then is told when to come again.
 */
export const MASTER_LIMITS: MasterLimits = {
  machines: 20_000,
  leases: 65_536,
  connections: 8192,
  connectionsPerAddress: 64,
  uploads: 128,
  uploadsPerAddress: 4,
  heldAnswerBytes: 64 * 1024 * 1024,
  scriptBurst: 32,
  scriptsPerSecond: 0.5,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 15 * 60_000,
  bodyGraceMs: 30_000,
  slowestBodyBytesPerSecond: 1000,
  ledgerBytes: 64 * 1024 * 1024,
};
