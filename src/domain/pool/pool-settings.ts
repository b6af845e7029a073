import { z } from 'zod';
import { isIpv4, parseSubnet } from '../ip-address.ts';
import { MacAddress } from '../values/mac.ts';
import { BootChoiceText } from './boot-choice.ts';
import { KernelArgument } from './kernel-argument.ts';
import { PoolName } from './pool-name.ts';

const Ipv4 = z.string().refine(isIpv4, 'an IPv4 address, such as 10.10.0.10');
const Interface = z.string().regex(/^[^\s/]{1,15}$/, 'the name of a network interface, such as eth1');
/** A label of DNS has 63 letters at most: dnsmasq does not start with a longer one. */
export const PoolDomain = z
  .string()
  .max(190)
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/, 'a domain, such as cluster.internal');

const PoolNetwork = z.strictObject({
  interface: Interface.meta({ description: 'the interface that the diskless machines hang on' }),
  subnet: z.string().refine((text) => parseSubnet(text) !== undefined, 'a subnet, such as 10.10.0.0/16'),
  range: z
    .string()
    .refine((text) => parseAddressRange(text) !== undefined, 'first and last address, such as 10.10.200.1-10.10.250.254')
    .exactOptional()
    .meta({ description: 'addresses for machines that have none of their own' }),
  domain: PoolDomain.exactOptional(),
  leaseSeconds: z.int().min(120).max(604_800).default(3600),
  router: z
    .union([z.literal('none'), Ipv4])
    .default('none')
    .meta({ description: 'gateway that machines are told; none: they get none' }),
  imagesBase: z
    .url({ protocol: /^https?$/ })
    .exactOptional()
    .meta({ description: 'where images are fetched, when not from this head' }),
});
export type PoolNetwork = z.infer<typeof PoolNetwork>;

/** Reads `10.10.200.1-10.10.250.254`; undefined when it is none. */
export function parseAddressRange(text: string): { first: string; last: string } | undefined {
  const [first = '', last = '', ...more] = text.split('-').map((part) => part.trim());
  return more.length === 0 && isIpv4(first) && isIpv4(last) ? { first, last } : undefined;
}

/** What LLDP says is words of a switch: one line, and short. */
const PlaceName = z.string().regex(/^[^\p{C}]{1,100}$/u, 'one line of at most 100 characters');

/** `*` stands for any letters, `?` for one; a list means any of them. */
const Pattern = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const Bound = z.union([
  z.number(),
  z.string().regex(/^\s*(<=|>=|<|>|=)?\s*\d+(\.\d+)?\s*$/, "a number, or one with <, <=, >, >= before it, such as '<4'"),
]);

/** Over what firmware said of a machine and, where there is one, over its inventory record. All of it must hold. */
export const RuleCondition = z.strictObject({
  vendor: Pattern.exactOptional(),
  product: Pattern.exactOptional(),
  serial: Pattern.exactOptional(),
  uuid: Pattern.exactOptional(),
  mac: Pattern.exactOptional(),
  memoryGiB: Bound.exactOptional().meta({ description: 'installed memory in GiB' }),
  firmware: z.enum(['bios', 'uefi']).exactOptional(),
  architecture: z.enum(['x86_64', 'arm64']).exactOptional(),
  switch: Pattern.exactOptional().meta({ description: 'name of the switch, of a node that says it: an imported visit brings it' }),
  port: z.string().min(1).exactOptional().meta({ description: "port on that switch; '1..24' is a range of numbers" }),
  tag: Pattern.exactOptional(),
});
export type RuleCondition = z.infer<typeof RuleCondition>;

export const PoolRule = z.strictObject({
  when: RuleCondition.refine(
    (condition) => Object.keys(condition).length > 0,
    'a rule without a condition would match everything; use `default`',
  ),
  boot: BootChoiceText,
  group: PoolName.exactOptional().meta({ description: 'group that a machine is in, by this rule' }),
});
export type PoolRule = z.infer<typeof PoolRule>;

export const PoolNode = z.strictObject({
  macs: z.array(MacAddress).min(1).max(64).meta({ description: 'addresses of its network cards; any of them is this node' }),
  address: Ipv4.exactOptional(),
  groups: z.array(PoolName).exactOptional(),
  tags: z.array(PoolName).exactOptional(),
  boot: BootChoiceText.exactOptional(),
  once: BootChoiceText.exactOptional().meta({ description: 'for its next boot only' }),
  serial: z.string().min(1).max(100).exactOptional().meta({ description: 'serial number, by which it is known again with another card' }),
  uuid: z.uuid().exactOptional(),
  switch: PlaceName.exactOptional().meta({ description: 'name of the switch that it hangs on; an imported visit brings it' }),
  port: PlaceName.exactOptional().meta({ description: 'its port there' }),
  memoryGiB: z
    .number()
    .positive()
    .max(1_000_000)
    .exactOptional()
    .meta({ description: 'installed memory in GiB, for rules; what its firmware says counts more' }),
  note: z.string().max(200).exactOptional(),
});
export type PoolNode = z.infer<typeof PoolNode>;

export const PoolGroup = z.strictObject({
  boot: BootChoiceText.exactOptional(),
  priority: z.int().min(0).max(1_000_000).default(0).meta({ description: 'of several groups of a node the highest counts' }),
  arguments: z.array(KernelArgument).exactOptional(),
  note: z.string().max(200).exactOptional(),
});
export type PoolGroup = z.infer<typeof PoolGroup>;

/** `nodes.yaml`, and each file in `nodes.d/`. */
export const PoolNodes = z.record(PoolName, PoolNode);
/** `groups.yaml`. */
export const PoolGroups = z.record(PoolName, PoolGroup);

/** `pool.yaml`. Strict: whoever wrote a key that is not known here meant something by it. */
export const PoolSettings = z.strictObject({
  networks: z.record(PoolName, PoolNetwork).exactOptional(),
  unknown: BootChoiceText.default('local-disk').meta({ description: 'what a machine boots that is no node' }),
  default: BootChoiceText.default('local-disk').meta({ description: 'what a node boots that nothing else says something about' }),
  menu: z
    .strictObject({
      title: z.string().min(1).max(60).exactOptional(),
      timeoutSeconds: z.int().min(0).max(86_400).default(8),
      default: PoolName.default('local-disk'),
      items: z.array(PoolName).min(1).max(40),
    })
    .exactOptional(),
  rules: z.array(PoolRule).default([]),
  nodes: PoolNodes.exactOptional(),
  groups: PoolGroups.exactOptional(),
});
export type PoolSettings = z.infer<typeof PoolSettings>;
