import { z } from 'zod';

export const KEY_KINDS = ['uuid', 'serial', 'board-serial', 'bmc-mac', 'nic', 'disk'] as const;
export const KeyKind = z.enum(KEY_KINDS);
export type KeyKind = z.infer<typeof KeyKind>;

/** What a kind of key is called, of one machine. */
export const KEY_NAMES: Readonly<Record<KeyKind, string>> = {
  uuid: 'system UUID',
  serial: 'system serial number',
  'board-serial': 'board serial number',
  'bmc-mac': 'BMC address',
  nic: 'network port',
  disk: 'disk',
};

/** One thing that tells a machine from others. Firmware kinds are written by people, the others are burnt in by makers. */
export const IdentityKey = z.looseObject({
  kind: KeyKind,
  value: z.string().meta({ description: 'in lower case; of the two byte orders of a UUID the smaller spelling' }),
  evidence: z.string().exactOptional().meta({ description: 'where it stands in the record, below sections' }),
});
export type IdentityKey = z.infer<typeof IdentityKey>;

/** A value that could be a key and is none. */
export const IgnoredKey = z.looseObject({
  kind: KeyKind,
  value: z.string(),
  evidence: z.string().exactOptional(),
  reason: z.string().meta({ description: 'why it tells no machine from others' }),
});
export type IgnoredKey = z.infer<typeof IgnoredKey>;

/** Below this score one key alone would decide who a machine is. */
export const WEAK_SCORE = 40;

export const Fingerprint = z.looseObject({
  keys: z.array(IdentityKey).meta({ description: 'sorted by kind and value' }),
  score: z
    .int()
    .min(0)
    .max(100)
    .meta({ description: `how sure the machine can be told from others; below ${WEAK_SCORE} one key alone would decide` }),
  ignored: z.array(IgnoredKey).exactOptional().meta({ description: 'values that are known to be shared by many machines' }),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/** Several addresses that are one machine. */
export const SameMachine = z.looseObject({
  machines: z
    .array(z.string())
    .meta({ description: 'MAC addresses that records came under; the newest record first, which is the one listed' }),
  reasons: z.array(z.string()).meta({ description: 'what agrees and what differs' }),
});
export type SameMachine = z.infer<typeof SameMachine>;

/** Machines that share a key and were kept apart. */
export const Collision = z.looseObject({
  machines: z.array(z.string()).meta({ description: 'MAC addresses that the machines are listed by' }),
  keys: z.array(IdentityKey).meta({ description: 'what they share' }),
  verdict: z.enum(['different', 'unclear']).meta({ description: 'unclear: too much agrees and too much differs; a person has to look' }),
  reasons: z.array(z.string()).meta({ description: 'what agrees and what differs between the first two' }),
});
export type Collision = z.infer<typeof Collision>;

/** A machine that has little to be told by. */
export const WeakIdentity = z.looseObject({
  machine: z.string(),
  score: z.int(),
  keys: z.array(IdentityKey),
  ignored: z.array(IgnoredKey),
});
export type WeakIdentity = z.infer<typeof WeakIdentity>;

/** `identity.json` in the tarball: which machines are one, which only look like it, and which can hardly be told. */
export const IdentityReport = z.looseObject({
  identityVersion: z.literal(1),
  same: z.array(SameMachine),
  collisions: z.array(Collision),
  weak: z.array(WeakIdentity),
});
export type IdentityReport = z.infer<typeof IdentityReport>;
