import { runOk } from '../process/command.ts';

const TIMEOUT_MS = 10_000;

/**
 * Lets DHCPv6 messages of network-boot firmware in, and no others. `dhcp-ignore` is not enough: dnsmasq 2.90 answers CONFIRM and REBIND,
 * which are multicasts of machines that have an address from somebody else, whoever sends them, and looks for the hardware address of
 * everybody else who asks (both measured). Frames are dropped at the interface, before UDP; a capture still sees them.
 * @throws ReconError `command-failed` when the kernel has no `clsact` or no BPF classifier
 */
export async function fenceDhcp6(interfaceName: string): Promise<void> {
  await removeDhcp6Fence(interfaceName);
  await tc('qdisc', 'add', 'dev', interfaceName, 'clsact');
  await tc('filter', 'add', 'dev', interfaceName, 'ingress', 'bpf', 'direct-action', 'bytecode', dhcp6FenceProgram());
}

/** Takes the fence away; no error when there is none. */
export async function removeDhcp6Fence(interfaceName: string): Promise<void> {
  await tc('qdisc', 'del', 'dev', interfaceName, 'clsact').catch(() => {});
}

/**
 * Classic BPF (Linux, networking/filter.rst) as tc-bpf(8) takes it: the number of instructions, then `code jump-true jump-false value`
 * each. Passes what is not DHCPv6 to a server. Of that it passes SOLICIT, REQUEST and RENEW (RFC 8415 7.3) with a vendor class
 * (option 16) of the enterprise number that network-boot firmware has, or with the user class (option 15) of iPXE. Options are walked through one by one, as far as the frame reaches:
 * to read behind its end would end the program with 0, which means pass.
 */
export function dhcp6FenceProgram(): string {
  const lines = [
    ...['40 0 0 12', `21 1 0 ${0x86dd}`, PASS],
    ...['48 0 0 20', '21 1 0 17', PASS],
    ...['40 0 0 56', '21 1 0 547', PASS],
    ...['48 0 0 62', '21 3 0 1', '21 2 0 3', '21 1 0 5', DROP],
    `0 0 0 ${FIRST_OPTION_AT}`,
    ...Array<string[]>(MOST_OPTIONS).fill(OPTION_STEP).flat(),
    DROP,
  ];
  return [String(lines.length), ...lines].join(',');
}

const PASS = '6 0 0 0';
const DROP = '6 0 0 2';
/** behind Ethernet, IPv6, UDP, message type and transaction */
const FIRST_OPTION_AT = 66;
/** more than any firmware sends */
const MOST_OPTIONS = 16;
/** With the offset of an option in the accumulator: decides if it is one of the two, else puts the offset of the next one there. */
const OPTION_STEP = [
  '2 0 0 0', // remember the offset
  '4 0 0 10', // what is read below must be in the frame
  '129 0 0 0', // X = length of the frame
  '45 0 1 0', // beyond it?
  DROP,
  '97 0 0 0', // X = offset
  '72 0 0 0', // option code
  '21 0 4 16', // vendor class?
  '64 0 0 4', // its enterprise number
  '21 0 1 343',
  PASS,
  DROP,
  '21 0 4 15', // user class?
  '64 0 0 6', // the begin of its text
  `21 0 1 ${0x69505845}`, // "iPXE"
  PASS,
  DROP,
  '72 0 0 2', // length of the option
  '12 0 0 0', // + offset
  '4 0 0 4', // + its own header
];

async function tc(...args: string[]): Promise<void> {
  await runOk(['tc', ...args], { timeoutMs: TIMEOUT_MS });
}
