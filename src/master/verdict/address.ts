import type { Verdict } from '../../domain/verdict.ts';
import { STAGE_LIMITS_MS } from './limits.ts';
import type { Stuck, Surroundings } from './stuck-machine.ts';
import { durationWords } from './words.ts';

/** A machine that never got as far as asking for a boot loader. */
export function dhcpVerdict({ state, waitedMs }: Stuck, { isServed, discoveryOver }: Surroundings): Verdict | undefined {
  const { stage, interface: networkInterface, facts } = state;
  if (stage === 'discover' && facts?.unanswered === 'firmware') {
    return {
      code: 'firmware-unknown',
      sentence: `It asked to boot and was not answered: ${state.detail ?? 'there is no boot loader for its firmware'}.`,
      hint: "Only machines of the processor that this stick's image is for (x86_64, when nobody built another) can be inventoried, by BIOS or UEFI. On others look for a legacy or IPv4 PXE boot in the setup.",
    };
  }
  if (stage === 'discover' && facts?.unanswered === 'infiniband') {
    return {
      code: 'infiniband',
      sentence: `It asked to boot and was not answered: ${state.detail ?? 'it asks over InfiniBand'}.`,
      hint: 'Machines are found by an Ethernet address. Let it boot from one of its Ethernet ports, or from the stick.',
    };
  }
  if (stage === 'discover' && (facts?.unanswered === 'discovery-over' || (discoveryOver !== undefined && isLate('discover', waitedMs)))) {
    return {
      code: 'discovery-over',
      sentence: `It asked after discovery had ended (${discoveryOver ?? 'before the master was started again'}), and was not answered.`,
      hint: 'Start the master again to take in more machines; the records that it has stay.',
    };
  }
  if (!isLate(stage, waitedMs)) return undefined;
  if (networkInterface !== undefined && !isServed(networkInterface)) {
    return {
      code: 'segment-silent',
      sentence: `It asked on ${networkInterface}, where the master is silent now.`,
      hint: `The list of networks says why ${networkInterface} is not served; usually another DHCP server answers there.`,
    };
  }
  return stage === 'ack' ? noLoader(state.address, waitedMs) : stage === 'discover' ? noOffer(state.detail) : noRequest(state, waitedMs);
}

/** It has a boot loader and never asked for its script. */
export function loaderVerdict({ state, waitedMs }: Stuck): Verdict | undefined {
  if (!isLate('loader', waitedMs)) return undefined;
  if (/not found|failed sending/.test(state.detail ?? '')) {
    return {
      code: 'tftp-broken',
      sentence: `The boot loader did not reach it: ${state.detail}.`,
      hint: 'Look for a bad cable or a firewall between it and the master (TFTP, UDP port 69 and above 1024), then switch it off and on.',
    };
  }
  if (/^shim[a-z0-9]+\.efi\b/.test(state.detail ?? '')) {
    return {
      code: 'loader-refused',
      sentence: `It loaded ${state.detail} ${durationWords(waitedMs)} ago and nothing behind it: most likely its firmware refused it.`,
      hint: "Its Secure Boot may trust Microsoft's own systems only: allow the third-party UEFI CA in the set-up (servers call it Secured-core), or switch Secure Boot off for the inventory.",
    };
  }
  return {
    code: 'loader-silent',
    sentence: `It loaded the boot loader ${durationWords(waitedMs)} ago and never asked for its script.`,
    hint: 'Either iPXE cannot drive this network card (try another port, or UEFI instead of BIOS), or the link was reset and spanning tree keeps the port closed (set it to edge, portfast). Then switch it off and on.',
  };
}

function isLate(stage: string, waitedMs: number): boolean {
  const limits: Readonly<Record<string, number>> = STAGE_LIMITS_MS;
  return waitedMs > (limits[stage] ?? Number.POSITIVE_INFINITY);
}

function noOffer(detail: string | undefined): Verdict {
  return {
    code: 'not-answered',
    sentence: `It asked for an address and got none${detail === undefined ? '' : `: ${detail}`}.`,
    hint: 'Nothing is wrong with the machine. Make the subnet larger in recon.yaml, or start the master again.',
  };
}

function noRequest({ detail, dhcpMessages }: Stuck['state'], waitedMs: number): Verdict {
  const times = Math.max(1, dhcpMessages.offer);
  const offered = `It was offered ${detail === 'ProxyDHCP' ? 'a boot file' : 'an address'}${times > 1 ? ` ${times} times` : ''}, and did not take it for ${durationWords(waitedMs)}.`;
  if (detail === 'ProxyDHCP') {
    return {
      code: 'proxy-ignored',
      sentence: offered,
      hint: 'Some firmware never takes an address from one server and a boot file from another. Enter the boot files into that DHCP server (/networks/dhcp-lines.txt), or boot this machine from the stick.',
    };
  }
  return {
    code: 'offer-not-taken',
    sentence: offered,
    hint: 'Another DHCP server answers it as well, the offer does not reach it, or it went on to another port or its disk. Look at its screen.',
  };
}

function noLoader(address: string | undefined, waitedMs: number): Verdict {
  return {
    code: 'loader-not-asked',
    sentence: `It got ${address === undefined ? 'an address' : `the address ${address}`} ${durationWords(waitedMs)} ago and never asked for the boot loader.`,
    hint: 'TFTP (UDP port 69) is blocked on the way, or its firmware gave up. Look at its screen, and switch it off and on.',
  };
}
