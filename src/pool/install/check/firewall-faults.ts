import { z } from 'zod';
import type { HeadFault } from './head-fault.ts';

const Entry = z.looseObject({
  chain: z
    .looseObject({ family: z.string(), table: z.string(), name: z.string(), hook: z.string().optional(), policy: z.string().optional() })
    .optional(),
  rule: z
    .looseObject({ family: z.string(), table: z.string(), chain: z.string(), expr: z.array(z.record(z.string(), z.unknown())).default([]) })
    .optional(),
});
const Ruleset = z.object({ nftables: z.array(Entry) });
type Chain = NonNullable<z.infer<typeof Entry>['chain']>;
type Rule = NonNullable<z.infer<typeof Entry>['rule']>;

/**
 * Chains that would drop what machines send to the head or, with NAT, through it; of the JSON of nft(8), which shows iptables' rules too. Pure. It
 * judges by what a chain does with what no rule names: a rule that lets the interface in is enough, wherever it stands.
 */
export function firewallFaults(json: string, { private: name, isNat }: { private: string; isNat: boolean }): HeadFault[] {
  const parsed = Ruleset.safeParse(jsonOf(json));
  if (!parsed.success) return [];
  const chains = parsed.data.nftables.flatMap(({ chain }) => (chain === undefined ? [] : [chain]));
  const rules = parsed.data.nftables.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  return chains
    .filter(({ hook, table }) => (hook === 'input' || (isNat && hook === 'forward')) && table !== 'recon')
    .filter((chain) => closes(chain, rules) && !rules.some((rule) => isSameTable(rule, chain) && letsIn(rule, name)))
    .map((chain) => fault(chain, name));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSameTable(one: { family: string; table: string }, other: { family: string; table: string }): boolean {
  return one.family === other.family && one.table === other.table;
}

/** By its policy, or by a last rule without a condition. */
function closes(chain: Chain, rules: readonly Rule[]): boolean {
  if (chain.policy === 'drop') return true;
  const last = rules.findLast((rule) => isSameTable(rule, chain) && rule.chain === chain.name)?.expr;
  const isUnconditional = last?.every((part) => !('match' in part) && !('xt' in part)) === true;
  return isUnconditional && last.some((part) => 'drop' in part || 'reject' in part);
}

function letsIn({ expr }: Rule, name: string): boolean {
  const isNamed = expr.some(({ match }) => {
    const text = JSON.stringify(match ?? null);
    return text.includes('"iif') && text.includes(`"${name}"`);
  });
  return isNamed && expr.some((part) => 'accept' in part || 'jump' in part || 'goto' in part);
}

function fault({ family, table, name, hook, policy }: Chain, inside: string): HeadFault {
  const what = hook === 'forward' ? 'what machines send into the world' : 'what machines ask the head';
  const how = policy === 'drop' ? 'by its policy' : 'by its last rule';
  return {
    code: 'firewall',
    message: `The firewall drops ${what}: chain ${name} of table ${family} ${table}, ${how}, and no rule of it names ${inside}.`,
    hint: openingOf({ family, table, name }, inside, hook === 'forward'),
    weight: 'warns',
  };
}

function openingOf({ family, table, name }: Pick<Chain, 'family' | 'table' | 'name'>, inside: string, isForward: boolean): string {
  if (table === 'firewalld') return `firewall-cmd --permanent --zone=trusted --add-interface=${inside}, then: firewall-cmd --reload`;
  // iptables, and ufw on top of it, have tables of these names
  if (family === 'ip' && table === 'filter') {
    return isForward
      ? `iptables -I FORWARD -i ${inside} -j ACCEPT`
      : `ufw allow in on ${inside}, or: iptables -I INPUT -i ${inside} -j ACCEPT`;
  }
  return `nft insert rule ${family} ${table} ${name} iifname "${inside}" accept (and the same in the file that your firewall is loaded from)`;
}
